using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>The part of a rule's XML that says which objects it is about.</summary>
internal static class LifecycleFilterXml
{
    public static LifecycleFilter Parse(XElement rule)
    {
        var prefix = rule.ChildText("Prefix");
        var filter = rule.Child("Filter");
        // One of the two, and not both.
        if ((prefix is null) == (filter is null))
            throw S3Errors.MalformedXml();
        if (filter is null)
            return new(FilterForm.BarePrefix, prefix, new Dictionary<string, string>(), null, null);
        var conditions = filter.Elements().ToList();
        return conditions switch
        {
            [] => Read(FilterForm.Single, filter),
            [{ Name.LocalName: "And" } and] => and.Elements().Count() >= 2 ? Read(FilterForm.And, and) : throw S3Errors.MalformedXml(),
            [_] => Read(FilterForm.Single, filter),
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
            FilterForm.BarePrefix => S3Xml.Element("Prefix", filter.Prefix),
            FilterForm.And => S3Xml.Element("Filter", S3Xml.Element("And", conditions)),
            _ => S3Xml.Element("Filter", conditions),
        };
    }

    private static LifecycleFilter Read(FilterForm form, XElement conditions)
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
        var (greater, less) = (Size(conditions, "ObjectSizeGreaterThan"), Size(conditions, "ObjectSizeLessThan"));
        if (greater >= less)
            throw S3Errors.InvalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
        return new(form, conditions.ChildText("Prefix"), tags, greater, less);
    }

    private static long? Size(XElement conditions, string name) => LifecycleDocument.Number(conditions, name) is { } size
        ? size >= 0 ? size : throw S3Errors.InvalidRequest($"'{name}' should be greater than or equal to 0")
        : null;
}
