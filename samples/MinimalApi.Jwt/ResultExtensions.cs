using System.Security.Claims;
using DirectUpload;

namespace MinimalApiJwt;

/// <summary>Converts the library's results for this API.</summary>
internal static class ResultExtensions
{
    /// <summary>Gets the id of the user, who owns what the token's bearer uploads.</summary>
    public static string GetSubject(this ClaimsPrincipal user) =>
        user.FindFirstValue("sub") ?? throw new InvalidOperationException("The token has no claim sub.");

    /// <summary>Creates problem details with the stable code of the error.</summary>
    public static IResult ToProblem(this UploadError error) => Results.Problem(
        error.Message, statusCode: GetStatusCode(error.Code), extensions: new Dictionary<string, object?> { ["code"] = error.Code });

    private static int GetStatusCode(string code) => code switch
    {
        UploadErrorCodes.NotAuthorized => StatusCodes.Status403Forbidden,
        UploadErrorCodes.NotFound => StatusCodes.Status404NotFound,
        UploadErrorCodes.TooLarge => StatusCodes.Status413PayloadTooLarge,
        UploadErrorCodes.TypeNotAllowed => StatusCodes.Status415UnsupportedMediaType,
        UploadErrorCodes.QuotaExceeded => StatusCodes.Status429TooManyRequests,
        UploadErrorCodes.InvalidRequest or UploadErrorCodes.TooSmall => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };
}
