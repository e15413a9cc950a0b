using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace DirectUpload.StoreConformance;

/// <summary>A record as texts by path, found by reflection: a property that nobody has thought of here is compared all the same.</summary>
internal static class Text
{
    private const int Longest = 120;

    public static IReadOnlyDictionary<string, string> Of(UploadRecord record)
    {
        var texts = new Dictionary<string, string>();
        Describe("", record, texts);
        return texts;
    }

    public static string Quoted(string? text) => text is null ? "null" : JsonSerializer.Serialize(text);

    private static void Describe(string path, object? value, Dictionary<string, string> texts)
    {
        switch (value)
        {
            case null or string:
                texts[path] = Short(Quoted((string?)value));
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
                    texts[$"{path}[{Quoted(key)}]"] = Short(Quoted(entry));
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

    // Long texts differ anywhere, so what stands for them tells of all their characters.
    private static string Short(string text) =>
        text.Length <= Longest ? text : $"{text[..Longest]}… ({text.Length} characters, hash {string.GetHashCode(text, StringComparison.Ordinal):x8})";
}
