using System.Text;
using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Reads and writes object tags: <c>a=1&amp;b=2</c> in a header, XML in a form and in a separate document.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html</remarks>
internal static class TagSet
{
    private const int MaxTags = 10;

    public static IReadOnlyDictionary<string, string> ParseHeader(string? header)
    {
        var tags = header is null ? [] : QueryParameters.Parse(header).Items.ToList();
        // For these two errors, AWS names the header if the tags are in a header, and the tag if they are in XML.
        if (tags.DistinctBy(tag => tag.Key).Count() < tags.Count || !tags.All(tag => IsAllowed(tag.Key) && IsAllowed(tag.Value)))
            throw S3Errors.InvalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters " +
                "without tag name duplicates.", "x-amz-tagging", header!);
        return Check(tags);
    }

    public static IReadOnlyDictionary<string, string> ParseForm(string? xml) =>
        xml is null ? new Dictionary<string, string>() : ParseDocument(Encoding.UTF8.GetBytes(xml));

    public static IReadOnlyDictionary<string, string> ParseDocument(ReadOnlyMemory<byte> xml)
    {
        var set = S3Xml.Parse(xml, "Tagging").Child("TagSet") ?? throw S3Errors.MalformedXml();
        return Check(set.Children("Tag").Select(tag => KeyValuePair.Create(
            tag.ChildText("Key") ?? throw S3Errors.MalformedXml(), tag.ChildText("Value") ?? throw S3Errors.MalformedXml())));
    }

    public static XElement Write(IReadOnlyDictionary<string, string> tags) => S3Xml.Element("Tagging", S3Xml.Element("TagSet",
        tags.Select(tag => S3Xml.Element("Tag", S3Xml.Element("Key", tag.Key), S3Xml.Element("Value", tag.Value)))));

    private static Dictionary<string, string> Check(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > 128 || !IsAllowed(key))
                throw Invalid("The TagKey you have provided is invalid", key);
            if (value.Length > 256 || !IsAllowed(value))
                throw Invalid("The TagValue you have provided is invalid", key).WithDetail("TagValue", value);
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw Invalid("Your TagKey cannot be prefixed with aws:", key);
            if (!result.TryAdd(key, value))
                throw Invalid("Cannot provide multiple Tags with the same key", key);
        }
        return result.Count <= MaxTags ? result : throw new S3Exception(400, "BadRequest", "Object tags cannot be greater than 10");
    }

    /// <summary>Allows letters, numbers and white space of any script, and a few other characters.</summary>
    private static bool IsAllowed(string text) =>
        text.EnumerateRunes().All(rune => Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.IsWhiteSpace(rune)
            || (rune.IsAscii && "+-=._:/@".Contains((char)rune.Value)));

    private static S3Exception Invalid(string message, string key) => new S3Exception(400, "InvalidTag", message).WithDetail("TagKey", key);
}
