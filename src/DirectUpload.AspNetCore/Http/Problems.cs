using DirectUpload.AspNetCore.Contract;
using DirectUpload.Primitives;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Creates every refusal as problem details (RFC 9457) with a stable code. Only this file maps codes to HTTP statuses.</summary>
internal static class Problems
{
    public static readonly int[] RequestStatusCodes = [400, 401, 403, 408, 413, 415, 429, 503];
    public static readonly int[] RequestBatchStatusCodes = [400, 401, 403, 408, 503];
    public static readonly int[] ListStatusCodes = [400, 401, 403, 503];
    public static readonly int[] SignPartsStatusCodes = [400, 401, 403, 404, 408, 409, 410, 503];
    public static readonly int[] ListPartsStatusCodes = [401, 403, 404, 503];
    public static readonly int[] RenewStatusCodes = [401, 403, 404, 409, 410, 503];
    public static readonly int[] ConfirmStatusCodes = [400, 401, 403, 404, 408, 409, 410, 422, 503];
    public static readonly int[] GetStatusCodes = [401, 404, 503];
    public static readonly int[] EventsStatusCodes = [401, 404, 429, 503];
    public static readonly int[] ManyEventsStatusCodes = [400, 401, 404, 429, 503];
    public static readonly int[] DeleteStatusCodes = [400, 401, 403, 404, 408, 503];
    public static readonly int[] ContentStatusCodes = [401, 403, 404, 409, 410, 503];

    public const int UnauthorizedStatus = 401;
    public const int ForbiddenStatus = 403;

    private const int ServerBusyRetryAfterSeconds = 5;

    public static ProblemResult From(UploadError error) => CreateResult(GetStatus(error.Code), error.Code, error.Message);

    /// <summary>Gets the HTTP status of a code.</summary>
    public static int GetStatus(string code) => code switch
    {
        UploadErrorCodes.InvalidRequest => 400,
        UploadErrorCodes.UnknownProfile => 400,
        UploadErrorCodes.TypeNotAllowed => 415,
        UploadErrorCodes.TooLarge => 413,
        UploadErrorCodes.TooSmall => 400,
        UploadErrorCodes.NotAuthorized => 403,
        UploadErrorCodes.QuotaExceeded => 429,
        UploadErrorCodes.NotFound => 404,
        UploadErrorCodes.TokenInvalid => 403,
        UploadErrorCodes.NotUploaded => 409,
        UploadErrorCodes.Conflict => 409,
        UploadErrorCodes.Expired => 410,
        UploadErrorCodes.Deleted => 410,
        UploadErrorCodes.Mismatch => 422,
        UploadErrorCodes.ChecksumMismatch => 422,
        UploadErrorCodes.ChecksumNotReported => 422,
        UploadErrorCodes.ChecksumMissing => 400,
        UploadErrorCodes.DeletionNotAllowed => 403,
        _ => throw new InvalidOperationException($"The code {code} has no HTTP status."),
    };

    public static ProblemResult InvalidRequest(string detail) => From(new UploadError(UploadErrorCodes.InvalidRequest, detail));

    public static IResult NotFound() => From(
        new UploadError(UploadErrorCodes.NotFound, ErrorMessages.NotFound));

    public static IResult TokenMissing() => CreateResult(
        401, ProblemCodes.TokenMissing, "Send the upload's token in the header Upload-Token.");

    public static IResult SignInRequired() => CreateResult(
        UnauthorizedStatus, ProblemCodes.Unauthorized, "Sign in to the application first.");

    public static IResult ReadTokenRequired() => From(new UploadError(
        UploadErrorCodes.TokenInvalid,
        "The token is the upload's write token; send the read token, because the URL in the response contains it."));

    public static IResult SecretMissing() => CreateResult(
        401, ProblemCodes.Unauthorized, "Send the shared secret as Authorization: Bearer, or as the password of Basic authentication.");

    public static IResult SignatureInvalid() => CreateResult(
        401, ProblemCodes.Unauthorized,
        "Sign the message as Standard Webhooks specifies, with the secret of this endpoint and a time within 5 minutes of now.");

    /// <summary>Creates a refusal that does not concern a specific upload.</summary>
    public static IResult Create(int status, string code, string detail) => CreateResult(status, code, detail);

    public static IResult Forbidden(string detail) => CreateResult(403, ProblemCodes.Forbidden, detail);

    public static IResult StorageUnavailable() => CreateResult(
        503, ProblemCodes.StorageUnavailable,
        "The application's storage or database can't be reached right now; nothing was lost. Send the same request again in a moment.");

    public static IResult StorageMisconfigured() => CreateResult(
        503, ProblemCodes.StorageMisconfigured,
        "Storage refuses what this application is configured to do, and its operator has to correct that. Nothing was lost; try again " +
        "later, not at once.");

    public static ProblemResult ServerError() => CreateResult(
        500, ProblemCodes.ServerError,
        "The application failed on this request; its log has the error. The other requests of the batch are not affected.");

    public static IResult TooManyStreams() => CreateResult(
        429, ProblemCodes.TooManyStreams,
        "Too many event streams of this upload, or of its owner, are open. Close some, or poll the status instead.");

    /// <summary>Creates the refusal of a body that was not accepted.</summary>
    public static ProblemResult From(BodyError fault) => fault.Kind switch
    {
        BodyErrorKind.Timeout => CreateResult(GetStatusCode(fault), ProblemCodes.RequestTimeout, fault.Detail),
        BodyErrorKind.ServerBusy =>
            new ProblemResult(GetStatusCode(fault), ProblemCodes.ServerBusy, fault.Detail) { RetryAfter = ServerBusyRetryAfterSeconds },
        _ => InvalidRequest(fault.Detail),
    };

    public static int GetStatusCode(BodyError fault) =>
        fault.Kind switch { BodyErrorKind.Timeout => 408, BodyErrorKind.ServerBusy => 503, _ => 400 };

    private static ProblemResult CreateResult(int status, string code, string detail) => new(status, code, detail);
}

/// <summary>The HTTP statuses of successful responses.</summary>
internal static class HttpStatus
{
    public const int Ok = 200;
    public const int Created = 201;
    public const int Accepted = 202;
    public const int NoContent = 204;
    public const int Redirect = 302;
}
