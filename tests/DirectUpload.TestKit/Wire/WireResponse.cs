using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace DirectUpload.TestKit;

/// <summary>Represents a completely read response, with headers by lower-case name.</summary>
public sealed record WireResponse(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The error code in the XML body.</summary>
    public string? Code => GetElement("Code");

    public string? ETag => GetHeader("etag");

    public string? GetHeader(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Returns the text of the first element with the given name in the XML body.</summary>
    public string? GetElement(string name) => GetElements(name).FirstOrDefault();

    public IEnumerable<string> GetElements(string name) =>
        Regex.Matches(Text, $"<{name}>([^<]*)</{name}>").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value));

    /// <summary>Returns the status and the error code, such as "403 AccessDenied" or "200".</summary>
    public override string ToString() => $"{(int)Status} {((int)Status >= 400 ? Code : null)}".TrimEnd();
}
