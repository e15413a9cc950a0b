using DirectUpload.AspNetCore.Bodies;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>A refusal as Companion's clients know it: 403 for what this user may not do, else 400, with the reason.</summary>
internal static class Refusal
{
    private const string Unavailable = "Storage can't be reached right now; nothing was lost. Try again in a moment.";
    private const string Misconfigured = "Storage refuses what this application is configured to do, and its operator has to correct that. Nothing was lost; try again later.";

    /// <summary>An unknown key and somebody else's can't be told apart.</summary>
    public static IResult Unknown { get; } = Because("There is no such upload.");

    public static IResult Of(UploadError error) => Because(error.Detail, error.Reason is UploadErrorReason.NotAuthorized or UploadErrorReason.DeletionNotAllowed ? 403 : 400);

    public static IResult Because(BodyFault fault) => Because(fault.Detail, Problems.StatusOf(fault));

    public static IResult Because(string detail, int status = 400) => Results.Json(new(detail, detail), UppyJson.Default.RefusalAnswer, statusCode: status);

    /// <summary>A refusal before Uppy's request is looked at: problem details, which hold Companion's names as well.</summary>
    public static IResult Problem(int status, string code, string detail) => Results.Json(
        new("about:blank", status switch { 401 => "Unauthorized", 403 => "Forbidden", _ => "Bad Request" }, status, detail, code, detail, detail),
        UppyJson.Default.ProblemAnswer, "application/problem+json", status);

    /// <summary>An outage is no refusal; and what a page asks without a script is.</summary>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        // Companion grants by GET. What a foreign page's image or link asks in a user's name would fill the user's quota.
        if (context.Request.Headers["Sec-Fetch-Mode"].ToString() is "no-cors" or "navigate")
            return Because("Only a script may ask this.");
        // What Uppy takes for S3 answers as S3 does.
        Func<string, IResult> answer = context.Request.Path.Value?.EndsWith("/sign/s3", StringComparison.Ordinal) == true
            ? static detail => S3Answer.Because("ServiceUnavailable", detail, 503)
            : static detail => Because(detail, 503);
        return await Outage.AnswerAsync(invocation, next, () => answer(Unavailable), () => answer(Misconfigured)).ConfigureAwait(false);
    }
}
