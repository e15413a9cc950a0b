using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>A refusal as Companion's clients know it: 400 with the reason, whatever the reason.</summary>
internal static class Refusal
{
    private const string Unavailable = "Storage can't be reached right now; nothing was lost. Try again in a moment.";
    private const string Misconfigured = "Storage refuses what this application is configured to do, and its operator has to correct that. Nothing was lost; try again later.";

    /// <summary>An unknown key and somebody else's can't be told apart.</summary>
    public static IResult Unknown { get; } = Because("There is no such upload.");

    public static IResult Of(UploadError error) => Because(error.Detail);

    public static IResult Because(string detail, int status = 400) => Results.Json(new(detail, detail), UppyJson.Default.RefusalAnswer, statusCode: status);

    /// <summary>Authorisation first, as everywhere; and an outage is no refusal.</summary>
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        if (!await HostAuthorization.IsStatedAsync(context).ConfigureAwait(false))
            return Because("The application has not said who may upload. Its developer adds .RequireAuthorization() (or .AllowAnonymous()) to MapUppyUploads.", 403);
        // Companion grants by GET. What a foreign page's image or link asks in a user's name would fill the user's quota; scripts ask by other modes, and CORS is for the host to say.
        if (context.Request.Headers["Sec-Fetch-Mode"].ToString() is "no-cors" or "navigate")
            return Because("Only a script may ask this.");
        // What Uppy takes for S3 answers as S3 does.
        Func<string, IResult> answer = context.Request.Path.Value?.EndsWith("/sign/s3", StringComparison.Ordinal) == true
            ? static detail => S3Answer.Because("ServiceUnavailable", detail, 503)
            : static detail => Because(detail, 503);
        return await Outage.AnswerAsync(invocation, next, () => answer(Unavailable), () => answer(Misconfigured)).ConfigureAwait(false);
    }
}
