using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>Reads and writes the filter of a lifecycle rule as XML.</summary>
internal static class LifecycleFilterXml
{
    public static LifecycleFilter Parse(XElement rule)
    {
        var prefix = rule.ChildText("Prefix");
        var filter = rule.Child("Filter");
        // A rule must have exactly one of the two.
        if ((prefix is null) == (filter is null))
            throw S3Errors.MalformedXml();
        if (filter is null)
            return new(LifecycleFilterForm.BarePrefix, prefix, new Dictionary<string, string>(), null, null);
        var conditions = filter.Elements().ToList();
        return conditions switch
        {
            [] => Read(LifecycleFilterForm.Single, filter),
            [{ Name.LocalName: "And" } and] =>
                and.Elements().Count() >= 2 ? Read(LifecycleFilterForm.And, and) : throw S3Errors.MalformedXml(),
            [_] => Read(LifecycleFilterForm.Single, filter),
            _ => throw S3Errors.MalformedXml(),
        };
    }

    public static XElement Write(LifecycleFilter filter)
    {
        var conditions = new[]
        {
            filter.Prefix is null ? null : S3Xml.Element("Prefix", filter.Prefix),
            filter.GreaterThan is null ? null : S3Xml.Element("ObjectSizeGreaterThan", filter.GreaterThan),
            filter.LessThan is null ? null : S3Xml.Element("ObjectSizeLessThan", filter.LessThan),
        }.Concat(filter.Tags.Select(tag => S3Xml.Element("Tag", S3Xml.Element("Key", tag.Key), S3Xml.Element("Value", tag.Value))));
        return filter.Form switch
        {
            LifecycleFilterForm.BarePrefix => S3Xml.Element("Prefix", filter.Prefix),
            LifecycleFilterForm.And => S3Xml.Element("Filter", S3Xml.Element("And", conditions)),
            _ => S3Xml.Element("Filter", conditions),
        };
    }

    private static LifecycleFilter Read(LifecycleFilterForm form, XElement conditions)
    {
        string[] known = ["Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan"];
        if (conditions.Elements().Any(element => !known.Contains(element.Name.LocalName)))
            throw S3Errors.MalformedXml();
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in conditions.Children("Tag"))
            if (tag.ChildText("Key") is not { } key || tag.ChildText("Value") is not { } value)
                throw S3Errors.MalformedXml();
            else if (!tags.TryAdd(key, value))
                throw S3Errors.InvalidRequest("Duplicate Tag Keys are not allowed.");
        var (greater, less) = (ParseSize(conditions, "ObjectSizeGreaterThan"), ParseSize(conditions, "ObjectSizeLessThan"));
        if (greater >= less)
            throw S3Errors.InvalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
        return new(form, conditions.ChildText("Prefix"), tags, greater, less);
    }

    private static long? ParseSize(XElement conditions, string name) => LifecycleConfigurationXml.Number(conditions, name) is { } size
        ? size >= 0 ? size : throw S3Errors.InvalidRequest($"'{name}' should be greater than or equal to 0")
        : null;
}
