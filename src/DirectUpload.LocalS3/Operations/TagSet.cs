using System.Text;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Object tags: <c>a=1&amp;b=2</c> in a header, XML in a form.</summary>
internal static class TagSet
{
    private const int MaxTags = 10;

    public static IReadOnlyDictionary<string, string> ParseHeader(string? header) =>
        header is null ? new Dictionary<string, string>() : Check(QueryParameters.Parse(header).Items);

    public static IReadOnlyDictionary<string, string> ParseForm(string? xml)
    {
        if (xml is null)
            return new Dictionary<string, string>();
        var set = S3Xml.Parse(Encoding.UTF8.GetBytes(xml), "Tagging").Children("TagSet").SingleOrDefault() ?? throw S3Errors.MalformedXml();
        return Check(set.Children("Tag").Select(tag => KeyValuePair.Create(
            tag.ChildText("Key") ?? throw S3Errors.MalformedXml(), tag.ChildText("Value") ?? throw S3Errors.MalformedXml())));
    }

    private static Dictionary<string, string> Check(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > 128)
                throw new S3Exception(400, "InvalidTag", "The TagKey you have provided is invalid").With("TagKey", key);
            if (value.Length > 256)
                throw new S3Exception(400, "InvalidTag", "The TagValue you have provided is invalid").With("TagValue", value);
            if (!result.TryAdd(key, value))
                throw new S3Exception(400, "InvalidTag", "Cannot provide multiple Tags with the same key").With("TagKey", key);
        }
        return result.Count <= MaxTags ? result : throw new S3Exception(400, "BadRequest", "Object tags cannot be greater than 10");
    }
}
