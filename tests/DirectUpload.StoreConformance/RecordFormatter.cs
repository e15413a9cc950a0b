using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace DirectUpload.StoreConformance;

/// <summary>Formats a record as texts by path, through reflection, so that comparisons include properties added later.</summary>
internal static class RecordFormatter
{
    private const int MaxLength = 120;

    public static IReadOnlyDictionary<string, string> Format(UploadRecord record)
    {
        var texts = new Dictionary<string, string>();
        Describe("", record, texts);
        return texts;
    }

    public static string Quote(string? text) => text is null ? "null" : JsonSerializer.Serialize(text);

    /// <summary>Formats the conditions of a filter that apply.</summary>
    public static string FormatFilter(UploadFilter filter)
    {
        var texts = new Dictionary<string, string>();
        Describe("", filter, texts);
        if (!filter.IsByOwner)
            texts.Remove(nameof(filter.Owner));
        texts.Remove(nameof(filter.IsByOwner));
        return string.Join(", ", texts.Where(text => text.Key == nameof(filter.Owner) || text.Value != "null")
            .Select(text => $"{text.Key} {text.Value}"));
    }

    private static void Describe(string path, object? value, Dictionary<string, string> texts)
    {
        switch (value)
        {
            case null or string:
                texts[path] = Shorten(Quote((string?)value));
                break;
            case DateTimeOffset time:
                texts[path] = time.ToString("O", CultureInfo.InvariantCulture);
                break;
            case ValueType:
                texts[path] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                break;
            case IReadOnlyDictionary<string, string> entries:
                texts[path] = $"{entries.Count} entries";
                foreach (var (key, entry) in entries)
                    texts[$"{path}[{Quote(key)}]"] = Shorten(Quote(entry));
                break;
            case IReadOnlyDictionary<string, DateTimeOffset> times:
                texts[path] = $"{times.Count} entries";
                foreach (var (key, time) in times)
                    Describe($"{path}[{Quote(key)}]", time, texts);
                break;
            case IEnumerable items:
                var count = 0;
                foreach (var item in items)
                    Describe($"{path}[{count++}]", item, texts);
                texts[path] = $"{count} items";
                break;
            default:
                foreach (var property in value.GetType().GetProperties())
                    Describe(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.GetValue(value), texts);
                break;
        }
    }

    // Long texts can differ anywhere, so the hash covers all characters.
    private static string Shorten(string text) =>
        text.Length <= MaxLength
            ? text
            : $"{text[..MaxLength]}… ({text.Length} characters, hash {string.GetHashCode(text, StringComparison.Ordinal):x8})";
}
