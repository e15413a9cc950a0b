using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Reads a small JSON body, or describes what is wrong with it without repeating what the client sent.</summary>
internal static class JsonBodyReader
{
    /// <summary>The maximum size of a body without parts, in KiB.</summary>
    public const int DefaultMaxKiB = BodyReader.DefaultMaxSize / 1024;

    /// <summary>The maximum size of a body with 10,000 part numbers and ETags, in KiB, for callers who sent a token or a ticket.</summary>
    public const int PartsMaxKiB = 1024;

    private static readonly BodyError NotJson = BodyError.Invalid("Send the request as JSON, with Content-Type: application/json.");

    /// <summary>Reads the body of a request as JSON.</summary>
    /// <returns>The body, or the error.</returns>
    public static async ValueTask<(T? Body, BodyError? Fault)> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken, int largestKiB = DefaultMaxKiB)
        where T : class
    {
        var budget = largestKiB > DefaultMaxKiB ? BodyMemoryBudget.Authenticated : BodyMemoryBudget.Unauthenticated;
        var (received, fault) = await ReceiveAsync(request, largestKiB, budget, cancellationToken).ConfigureAwait(false);
        if (received is null)
            return (null, fault);
        using (received)
            return Parse(received.Sequence, type);
    }

    /// <summary>Receives the body of a request that declares JSON, without parsing it.</summary>
    /// <returns>The body, which the caller disposes, or the error.</returns>
    public static ValueTask<(ReceivedBody? Body, BodyError? Fault)> ReceiveAsync(
        HttpRequest request, int largestKiB, BodyMemoryBudget budget, CancellationToken cancellationToken) =>
        // Only JSON: browsers send a cross-site form without a CORS preflight, but a form cannot have this content type.
        request.HasJsonContentType()
            ? BodyReader.ReadAsync(request, largestKiB * 1024, budget, cancellationToken)
            : ValueTask.FromResult<(ReceivedBody? Body, BodyError? Fault)>((null, NotJson));

    /// <summary>Parses JSON.</summary>
    /// <returns>The value, or the error.</returns>
    public static (T? Body, BodyError? Fault) Parse<T>(in ReadOnlySequence<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var body = JsonSerializer.Deserialize(ref reader, type);
            // The serializer stops behind the value.
            if (reader.Read())
                throw new JsonException();
            return body is null ? (null, BodyError.Invalid("The body is null; send a JSON object.")) : (body, null);
        }
        catch (JsonException broken)
        {
            return (null, CreateError(broken));
        }
    }

    /// <summary>Describes where a body is not the expected JSON.</summary>
    public static BodyError CreateError(JsonException broken) => BodyError.Invalid(
        broken.Path is { Length: > 1 and < 60 } path && !path.Any(char.IsControl)
            ? $"The body is not the JSON expected here; look at {path}."
            : $"The body is not valid JSON; look at line {(broken.LineNumber ?? 0) + 1}.");
}
