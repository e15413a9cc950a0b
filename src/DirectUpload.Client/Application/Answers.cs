using System.Net.Http.Headers;
using System.Text.Json;

namespace DirectUpload.Client.Application;

/// <summary>What an answer other than success means: try again, or never.</summary>
internal static class Answers
{
    private const int LongestProblem = 64 * 1024;

    /// <summary>Always throws.</summary>
    public static async Task ThrowAsync(HttpResponseMessage answer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        var problem = await TryReadAsync(answer, cancellationToken).ConfigureAwait(false);
        var detail = problem?.Detail ?? problem?.Title ?? $"The application answered {status} {answer.ReasonPhrase}.";
        // A quota or a mistake in the configuration is no matter of waiting a moment; a rate limit is.
        if (problem?.Code != UploadErrorCodes.StorageMisconfigured && (status is >= 500 or 408 || (status == 429 && problem?.Code != "quota-exceeded")))
            throw new TransientFault(detail, null, RetryAfter(answer.Headers, clock));
        throw new DirectUploadException(problem?.Code ?? $"http-{status}", detail) { HttpStatus = status };
    }

    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider clock)
    {
        var wait = headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date - (headers.Date ?? clock.GetUtcNow()));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<ProblemBody?> TryReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true || answer.Content.Headers.ContentLength > LongestProblem)
            return null;
        try
        {
            var text = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(text, ContractJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            // What it refuses can't be known; but refused it has, so that asking again does no harm.
            throw new TransientFault($"The application's answer, {(int)answer.StatusCode}, was cut short: {cut.Message}", cut);
        }
    }
}
