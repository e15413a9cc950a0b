using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace DirectUpload.TestKit;

/// <summary>What came back, read to its end. Headers by lower-case name.</summary>
public sealed record WireAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>S3's word for the error, from the XML body.</summary>
    public string? Code => Element("Code");

    public string? ETag => Header("etag");

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The text of the first such element of an XML body.</summary>
    public string? Element(string name) => Elements(name).FirstOrDefault();

    public IEnumerable<string> Elements(string name) =>
        Regex.Matches(Text, $"<{name}>([^<]*)</{name}>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value));

    /// <summary>"403 AccessDenied", "200".</summary>
    public override string ToString() => $"{(int)Status} {((int)Status >= 400 ? Code : null)}".TrimEnd();
}
