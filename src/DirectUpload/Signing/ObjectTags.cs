using System.Xml.Linq;

namespace DirectUpload.Signing;

/// <summary>Object tags in the two forms that S3 takes: a query for the header, XML for the form.</summary>
internal static class ObjectTags
{
    public static string AsQuery(IEnumerable<KeyValuePair<string, string>> tags) =>
        string.Join('&', tags.Select(tag => $"{Uri.EscapeDataString(tag.Key)}={Uri.EscapeDataString(tag.Value)}"));

    public static string AsXml(IEnumerable<KeyValuePair<string, string>> tags) =>
        new XElement("Tagging", new XElement("TagSet", tags.Select(tag =>
            new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value)))))
            .ToString(SaveOptions.DisableFormatting);
}
