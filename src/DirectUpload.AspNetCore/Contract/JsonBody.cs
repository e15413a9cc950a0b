using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>Reads a small JSON body, or says what is wrong with it. Nothing of what was sent is repeated.</summary>
internal static class JsonBody
{
    /// <summary>The largest body that has nothing to say of parts, in KiB.</summary>
    public const int Usual = 64;

    /// <summary>Room for 10,000 part numbers and their ETags, in KiB.</summary>
    public const int ForParts = 1024;

    /// <returns>The body, or the sentence that refuses it.</returns>
    public static async Task<(T? Body, string? Fault)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken, int largestKiB = Usual)
        where T : class
    {
        var largest = largestKiB * 1024;
        // Only JSON: a cross-site form, which browsers send without asking, can't claim this content type.
        if (!request.HasJsonContentType())
            return (null, "Send the request as JSON, with Content-Type: application/json.");
        if (request.ContentLength > largest)
            return (null, TooLong(largestKiB));

        var buffer = ArrayPool<byte>.Shared.Rent(largest + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, largest + 1), largest + 1, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (length > largest)
                return (null, TooLong(largestKiB));
            var body = JsonSerializer.Deserialize(buffer.AsSpan(0, length), type);
            return body is null ? (null, "The body is null; send a JSON object.") : (body, null);
        }
        catch (BadHttpRequestException)
        {
            // The server's own limit, a stalled or a malformed body: an IOException, but the client's, not an outage.
            return (null, "The body could not be read: it is too long for this server, too slow, or not framed as HTTP wants it.");
        }
        catch (JsonException broken)
        {
            return (null, broken.Path is { Length: > 1 and < 60 } path && !path.Any(char.IsControl)
                ? $"The body is not the JSON expected here; look at {path}."
                : $"The body is not valid JSON; look at line {broken.LineNumber + 1}.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string TooLong(int largestKiB) => $"The body is longer than {largestKiB} KiB. The file itself does not come here: it goes straight to storage.";
}
