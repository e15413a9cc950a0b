using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DirectUpload.AspNetCore;
using DirectUpload.Client;
using DirectUpload.DynamoDB;
using DirectUpload.Imaging;
using DirectUpload.LocalS3;
using DirectUpload.Sqs;

namespace DirectUpload.Architecture.Tests;

/// <summary>Describes every option that configuration can set, from the options classes and their XML documentation.</summary>
internal static partial class OptionsReference
{
    /// <summary>The options classes, by the section that they are bound to.</summary>
    public static readonly (string Section, Type Type)[] Classes =
    [
        ("DirectUploads", typeof(DirectUploadOptions)),
        ("DirectUploads:Profiles:NAME", typeof(UploadProfile)),
        ("DirectUploads:Profiles:NAME:ObjectSettings", typeof(ObjectSettings)),
        ("DirectUploads:Buckets:ALIAS", typeof(BucketOptions)),
        ("DirectUploads:Worker", typeof(UploadWorkerOptions)),
        ("DirectUploads:DynamoDB", typeof(DynamoDBStoreOptions)),
        ("DirectUploads:Sqs", typeof(SqsEventsOptions)),
        ("DirectUploads:Imaging", typeof(ImagingOptions)),
        ("DirectUploads:Webhooks:NAME", typeof(WebhookOptions)),
        ("DirectUploads:Client", typeof(DirectUploadClientOptions)),
        ("DirectUploads:LocalS3", typeof(LocalS3Options)),
    ];

    public static IEnumerable<PropertyInfo> GetOptions(Type type) => type.GetProperties().Where(property =>
        property.SetMethod?.IsPublic == true
        || (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)));

    /// <summary>The bounds that a property states; null where it states none.</summary>
    public static (IComparable Min, IComparable Max)? GetBounds(PropertyInfo property)
    {
        // Each package has the attribute compiled in.
        var attribute = property.GetCustomAttributes().FirstOrDefault(it => it.GetType().Name == "OptionRangeAttribute");
        return attribute is null ? null : (Read("Min"), Read("Max"));

        IComparable Read(string name) => (IComparable)attribute.GetType().GetProperty(name)!.GetValue(attribute)!;
    }

    public static string GetText(PropertyInfo property, string element)
    {
        var file = Path.Combine(AppContext.BaseDirectory, property.DeclaringType!.Assembly.GetName().Name + ".xml");
        var member = XDocument.Load(file).Descendants("member")
            .FirstOrDefault(it => (string?)it.Attribute("name") == $"P:{property.DeclaringType.FullName}.{property.Name}");
        var text = string.Concat(member?.Element(element)?.DescendantNodes().Select(node => node switch
        {
            XText part => part.Value,
            XElement { IsEmpty: true } reference => GetName(reference),
            _ => "",
        }) ?? []);
        return Spaces().Replace(text, " ").Trim();
    }

    private static string GetName(XElement reference) =>
        ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? "").Split('(', '`')[0].Split('.')[^1];

    public static string CreateMarkdown()
    {
        var page = new StringBuilder(
            "# Configuration reference\n\n"
            + "Set the options below in `appsettings.json`, by environment variables, or in code, which overrides both. "
            + "The host does not start with an unknown key.\n\n"
            + "This page is generated from the options classes: `DIRECTUPLOAD_OPTIONS_REFERENCE=write` with the test "
            + "`OptionsReferenceTests` writes it.\n");
        foreach (var (section, options) in Classes)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n## `{section}`\n\n`{options.FullName}`\n\n"
                + $"| key | type | bounds | meaning | values and default |\n|---|---|---|---|---|\n");
            foreach (var property in GetOptions(options))
            {
                var bounds = GetBounds(property) is { } range
                    ? string.Create(CultureInfo.InvariantCulture, $"{range.Min} to {range.Max}")
                    : "";
                var meaning = Escape($"{GetText(property, "summary")} {Source().Replace(GetText(property, "remarks"), "")}".Trim());
                var type = GetTypeName(property.PropertyType);
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{property.Name}` | {type} | {bounds} | {meaning} | {Escape(GetText(property, "value"))} |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>The schema of the section <c>DirectUploads</c>, as editors read it.</summary>
    public static JsonObject CreateSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["DirectUploads"] = CreateObject("DirectUploads", typeof(DirectUploadOptions)) },
    };

    private static JsonObject CreateObject(string section, Type type)
    {
        var properties = new JsonObject();
        foreach (var property in GetOptions(type))
            properties[property.Name] = CreateProperty(section, property);
        foreach (var (name, below) in Classes.Where(it => it.Section.StartsWith(section + ":", StringComparison.Ordinal))
            .Select(it => (it.Section[(section.Length + 1)..], it.Type)))
        {
            var parts = name.Split(':');
            if (parts.Length == 1)
                properties[parts[0]] = CreateObject($"{section}:{name}", below);
            else if (parts.Length == 2 && parts[1] is "NAME" or "ALIAS")
                properties[parts[0]] =
                    new JsonObject { ["type"] = "object", ["additionalProperties"] = CreateObject($"{section}:{name}", below) };
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject CreateProperty(string section, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var schema = new JsonObject();
        if (type.IsEnum)
            schema["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)name)]);
        else
            schema["type"] = GetJsonType(type);
        schema["description"] = $"{GetText(property, "summary")} {GetText(property, "value")}".Trim();
        if (GetBounds(property) is { Min: long min, Max: long max })
            (schema["minimum"], schema["maximum"]) = (min, max);
        if (schema["type"]?.GetValue<string>() == "array")
            schema["items"] = new JsonObject { ["type"] = "string" };
        if (Activator.CreateInstance(property.DeclaringType!) is { } defaults
            && property.GetValue(defaults) is var value and (int or long or bool or TimeSpan or Enum)
            && section != "DirectUploads:LocalS3")
            schema["default"] = value switch
            {
                int number => number,
                long number => number,
                bool flag => flag,
                _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
            };
        return schema;
    }

    private static string GetJsonType(Type type) =>
        type == typeof(bool) ? "boolean" : type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(string) || type == typeof(TimeSpan) || type == typeof(Uri) ? "string"
        : type.GetInterfaces().Append(type).Any(it => it.IsGenericType && it.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            || !typeof(IEnumerable).IsAssignableFrom(type) ? "object" : "array";

    private static string GetTypeName(Type type) => Nullable.GetUnderlyingType(type) is { } inner
        ? $"{GetTypeName(inner)} or null"
        : type.IsGenericType
            ? $"{type.Name[..^2].TrimStart('I')} of {string.Join(", ", type.GetGenericArguments().Select(GetTypeName))}"
            : type.Name;

    private static string Escape(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\s*Sources?: https://\S+")]
    private static partial Regex Source();
}
