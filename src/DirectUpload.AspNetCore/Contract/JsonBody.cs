using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DirectUpload.AspNetCore.Bodies;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>Reads a small JSON body, or says what is wrong with it. Nothing of what was sent is repeated.</summary>
internal static class JsonBody
{
    /// <summary>The largest body that has nothing to say of parts, in KiB.</summary>
    public const int Usual = BodyReader.Usual / 1024;

    /// <summary>Room for 10,000 part numbers and their ETags, in KiB. Only for callers who have shown a token or a ticket.</summary>
    public const int ForParts = 1024;

    /// <returns>The body, or why it is refused.</returns>
    public static async Task<(T? Body, BodyFault? Fault)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken, int largestKiB = Usual)
        where T : class
    {
        // Only JSON: a cross-site form, which browsers send without asking, can't claim this content type.
        if (!request.HasJsonContentType())
            return (null, BodyFault.Invalid("Send the request as JSON, with Content-Type: application/json."));

        var budget = largestKiB > Usual ? BodyBudget.Proven : BodyBudget.Unproven;
        var (received, fault) = await BodyReader.ReadAsync(request, largestKiB * 1024, budget, cancellationToken).ConfigureAwait(false);
        if (received is null)
            return (null, fault);
        using (received)
        {
            try
            {
                var body = JsonSerializer.Deserialize(received.Bytes.Span, type);
                return body is null ? (null, BodyFault.Invalid("The body is null; send a JSON object.")) : (body, null);
            }
            catch (JsonException broken)
            {
                return (null, BodyFault.Invalid(broken.Path is { Length: > 1 and < 60 } path && !path.Any(char.IsControl)
                    ? $"The body is not the JSON expected here; look at {path}."
                    : $"The body is not valid JSON; look at line {broken.LineNumber + 1}."));
            }
        }
    }
}
