using System.Net.Http.Headers;
using System.Text.Json;
using DirectUpload.Client.Resilience;

namespace DirectUpload.Client.Api;

/// <summary>Maps an error response to a transient failure or a final error.</summary>
internal static class ErrorResponses
{
    private const int MaxProblemSize = 64 * 1024;

    /// <summary>Throws the exception that the response stands for; always throws.</summary>
    public static async Task ThrowAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var problem = await TryReadAsync(response, cancellationToken).ConfigureAwait(false);
        var detail = problem?.Detail ?? problem?.Title ?? $"The application responded with {status} {response.ReasonPhrase}.";
        // A wait does not resolve an exceeded quota or a configuration error; it does resolve a rate limit.
        if (problem?.Code != FileUploadErrorCodes.StorageMisconfigured
            && (status is >= 500 or 408 || (status == 429 && problem?.Code != "quota-exceeded")))
            throw new TransientFailureException(detail, null, GetRetryAfter(response.Headers, clock));
        throw new DirectUploadException(problem?.Code ?? $"http-{status}", detail) { HttpStatus = status };
    }

    public static TimeSpan? GetRetryAfter(HttpResponseHeaders headers, TimeProvider clock)
    {
        var wait = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - (headers.Date ?? clock.GetUtcNow()));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<ProblemBody?> TryReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true
            || response.Content.Headers.ContentLength > MaxProblemSize)
            return null;
        try
        {
            var text = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(text, ContractJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            // The reason is lost, but the application has refused the request, so that a retry does no harm.
            throw new TransientFailureException(
                $"The application's response {(int)response.StatusCode} was incomplete: {cut.Message}", cut);
        }
    }
}
