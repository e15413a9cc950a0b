using System.Xml.Linq;

namespace DirectUpload.Presigning;

/// <summary>Formats object tags in the two formats of S3: a query string for headers, XML for forms.</summary>
internal static class ObjectTags
{
    public static string ToQueryString(IEnumerable<KeyValuePair<string, string>> tags) =>
        string.Join('&', tags.Select(tag => $"{Uri.EscapeDataString(tag.Key)}={Uri.EscapeDataString(tag.Value)}"));

    public static string ToXml(IEnumerable<KeyValuePair<string, string>> tags) =>
        new XElement("Tagging", new XElement("TagSet", tags.Select(tag =>
            new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value)))))
            .ToString(SaveOptions.DisableFormatting);
}
