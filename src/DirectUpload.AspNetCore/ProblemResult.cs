using System.Text.Json;
using DirectUpload.AspNetCore.Contract;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore;

/// <summary>
/// Writes a refusal with the contract's own JSON. <c>Results.Problem</c> writes with the host's JSON options, which know no problem details in a trimmed or native AOT host:
/// each refusal would become an empty 500.
/// </summary>
internal sealed class ProblemResult(int status, string code, string detail) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    private const string ProblemJson = "application/problem+json";

    /// <summary>After how many seconds the client may try again; null when trying again does not help.</summary>
    public int? RetryAfter { get; init; }

    public int? StatusCode => status;

    public string? ContentType => ProblemJson;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var body = JsonSerializer.SerializeToUtf8Bytes(ProblemBody.Of(status, code, detail), ContractJson.Default.ProblemBody);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = ProblemJson;
        response.ContentLength = body.Length;
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
