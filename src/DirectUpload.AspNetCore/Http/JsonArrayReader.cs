using System.Buffers;
using System.Text.Json;

namespace DirectUpload.AspNetCore.Http;

/// <summary>
/// Splits a JSON body of the form <c>{"name": […]}</c> into its items, so that an item with a wrong type does not affect the others.
/// </summary>
internal static class JsonArrayReader
{
    // Deeper than the serializer reads an item, so that the depth of one item is that item's error.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Splits the body.</summary>
    /// <param name="json">The body.</param>
    /// <param name="name">The name of the array; other properties are ignored, and the last of several counts.</param>
    /// <returns>The JSON of each item; null if the body has no such array.</returns>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static IReadOnlyList<ReadOnlySequence<byte>>? Split(in ReadOnlySequence<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Skip(ref reader);
            return null;
        }

        List<ReadOnlySequence<byte>>? items = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNamed = IsNamed(reader, name);
            reader.Read();
            if (!isNamed || reader.TokenType != JsonTokenType.StartArray)
            {
                items = isNamed ? null : items;
                reader.Skip();
                continue;
            }

            items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = reader.TokenStartIndex;
                reader.Skip();
                items.Add(json.Slice(start, reader.BytesConsumed - start));
            }
        }

        Skip(ref reader);
        return items;
    }

    private static bool IsNamed(in Utf8JsonReader reader, string name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, which is no text.
            throw new JsonException();
        }
    }

    // Reads to the end, so that anything after the value is an error.
    private static void Skip(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
        }
    }
}
