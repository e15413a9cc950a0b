using DirectUpload.AspNetCore.Filters;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>Creates refusals in Companion's format: 403 if the user lacks permission; otherwise, 400 with the reason.</summary>
internal static class CompanionErrors
{
    private const string Unavailable = "Storage can't be reached right now; nothing was lost. Try again in a moment.";
    private const string Misconfigured =
        "Storage refuses what this application is configured to do, and its operator has to correct that. Nothing was lost; try " +
        "again later.";

    /// <summary>Gets the refusal of an unknown key, which is the same for a key of another caller.</summary>
    public static IResult NotFound { get; } = Create("There is no such upload.");

    public static IResult FromError(UploadError error) =>
        Create(error.Message, error.Code is UploadErrorCodes.NotAuthorized or UploadErrorCodes.DeletionNotAllowed ? 403 : 400);

    public static IResult Create(BodyError fault) => Create(fault.Detail, Problems.GetStatusCode(fault));

    public static IResult Create(string detail, int status = 400) =>
        JsonResponse.Create(new(detail, detail), UppyJson.Default.ErrorResponse, status);

    /// <summary>Creates problem details with Companion's properties, for a refusal before Uppy's request is read.</summary>
    public static IResult Problem(int status, string code, string detail) => JsonResponse.Create(
        new(
            "about:blank", status switch { 401 => "Unauthorized", 403 => "Forbidden", _ => "Bad Request" }, status, detail, code, detail,
            detail),
        UppyJson.Default.ProblemResponse, status, ProblemResult.ProblemJson);

    /// <summary>Invokes the endpoint; refuses requests that no script sent, and returns 503 if storage is unavailable.</summary>
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        // Companion grants uploads by GET. An image or a link on a page of another origin would use up the user's quota.
        if (context.Request.Headers["Sec-Fetch-Mode"].ToString() is "no-cors" or "navigate")
            return Create("Only a script may send this request.");
        // Uppy treats /sign/s3 as S3, so it responds as S3 does.
        Func<string, IResult> answer = context.Request.Path.Value?.EndsWith("/sign/s3", StringComparison.Ordinal) == true
            ? static detail => S3Responses.Error("ServiceUnavailable", detail, 503)
            : static detail => Create(detail, 503);
        return await StorageUnavailableFilter.InvokeAsync(
            invocation, next, () => answer(Unavailable), () => answer(Misconfigured)).ConfigureAwait(false);
    }
}
