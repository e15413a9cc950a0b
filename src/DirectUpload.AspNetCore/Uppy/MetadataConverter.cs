using System.Text.Json;
using System.Text.Json.Serialization;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>
/// Reads the page's metadata as strings, whatever their JSON type, and omits null. It decodes strings while it reads, so that an invalid
/// string is a JSON error of the request and not an error later.
/// </summary>
internal sealed class MetadataConverter : JsonConverter<Dictionary<string, string>>
{
    public override Dictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        var notes = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (ReadText(ref reader) is { } text)
                notes[name] = text;
        }

        return notes;
    }

    public override void Write(Utf8JsonWriter writer, Dictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value)
            writer.WriteString(name, text);
        writer.WriteEndObject();
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null or JsonTokenType.String)
            return reader.GetString();
        using var value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.ToString();
    }
}
