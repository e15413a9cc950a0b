using System.Text.Json;
using System.Text.Json.Serialization;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>What the page has noted of a file, as texts, whatever they were; what is null is not said. Read at once: text that is broken is broken JSON then, and nothing to stumble over later.</summary>
internal sealed class NotesConverter : JsonConverter<Dictionary<string, string>>
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
            if (TextOf(ref reader) is { } text)
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

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null or JsonTokenType.String)
            return reader.GetString();
        using var value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.ToString();
    }
}
