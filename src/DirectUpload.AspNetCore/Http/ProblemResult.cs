using DirectUpload.AspNetCore.Contract;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Http;

/// <summary>
/// Writes problem details with the contract's own JSON. <c>Results.Problem</c> uses the host's JSON options, which do not include problem
/// details in a trimmed or native AOT host: each refusal would become an empty 500.
/// </summary>
internal sealed class ProblemResult(int status, string code, string detail) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    /// <summary>The content type of problem details.</summary>
    public const string ProblemJson = "application/problem+json";

    /// <summary>Gets the seconds after which the client may try again; null if another attempt does not help.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Gets the problem details.</summary>
    public ProblemBody Body => ProblemBody.Create(status, code, detail);

    public int? StatusCode => status;

    public string? ContentType => ProblemJson;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return JsonResponse.WriteAsync(response, Body, ContractJson.Default.ProblemBody, status, ProblemJson);
    }
}
