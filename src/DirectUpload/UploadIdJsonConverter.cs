using System.Text.Json;
using System.Text.Json.Serialization;

namespace DirectUpload;

/// <summary>Converts an <see cref="UploadId"/> to and from a JSON string of 32 lower-case hexadecimal digits.</summary>
/// <remarks>It also converts ids that are keys of a dictionary. Instances are safe for concurrent use.</remarks>
public sealed class UploadIdJsonConverter : JsonConverter<UploadId>
{
    /// <inheritdoc/>
    public override UploadId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException(
                $"An upload id is a JSON string of 32 lower-case hexadecimal digits; the JSON contains {reader.TokenType}.");
        }

        return Parse(reader.GetString());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, UploadId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }

    /// <inheritdoc/>
    public override UploadId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, UploadId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToString());
    }

    private static UploadId Parse(string? text) =>
        UploadId.TryParse(text, out var id)
            ? id
            : throw new JsonException("An upload id is a JSON string of 32 lower-case hexadecimal digits; the JSON contains another text.");
}
