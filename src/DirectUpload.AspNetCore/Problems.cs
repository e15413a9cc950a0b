using DirectUpload.AspNetCore.Bodies;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore;

/// <summary>Every refusal as RFC 9457 problem details with a stable code. This file alone knows which reason is which HTTP status.</summary>
internal static class Problems
{
    public static readonly int[] OfRequest = [400, 401, 403, 408, 413, 415, 429, 503];
    public static readonly int[] OfParts = [400, 401, 403, 404, 408, 409, 410, 503];
    public static readonly int[] OfList = [401, 403, 404, 503];
    public static readonly int[] OfRenew = [401, 403, 404, 409, 410, 503];
    public static readonly int[] OfConfirm = [400, 401, 403, 404, 408, 409, 410, 422, 503];
    public static readonly int[] OfStatus = [401, 404, 503];
    public static readonly int[] OfEvents = [401, 404, 429, 503];
    public static readonly int[] OfDelete = [401, 403, 404, 503];
    public static readonly int[] OfContent = [401, 403, 404, 409, 410, 503];

    private const int BusySeconds = 5;

    public static IResult From(UploadError error)
    {
        var (status, code) = For(error.Reason);
        return Problem(status, code, error.Detail);
    }

    public static string CodeOf(UploadErrorReason reason) => For(reason).Code;

    private static (int Status, string Code) For(UploadErrorReason reason) => reason switch
    {
        UploadErrorReason.InvalidRequest => (400, "invalid-request"),
        UploadErrorReason.UnknownProfile => (400, "unknown-profile"),
        UploadErrorReason.TypeNotAllowed => (415, "type-not-allowed"),
        UploadErrorReason.TooLarge => (413, "too-large"),
        UploadErrorReason.TooSmall => (400, "too-small"),
        UploadErrorReason.NotAuthorized => (403, "forbidden"),
        UploadErrorReason.QuotaExceeded => (429, "quota-exceeded"),
        UploadErrorReason.NotFound => (404, "not-found"),
        UploadErrorReason.TokenInvalid => (403, "token-invalid"),
        UploadErrorReason.NotUploaded => (409, "not-uploaded"),
        UploadErrorReason.Conflict => (409, "conflict"),
        UploadErrorReason.Expired => (410, "expired"),
        UploadErrorReason.Deleted => (410, "deleted"),
        UploadErrorReason.Mismatch => (422, "mismatch"),
        UploadErrorReason.DeletionNotAllowed => (403, "deletion-not-allowed"),
        _ => throw new InvalidOperationException($"The reason {reason} has no HTTP status."),
    };

    public static IResult InvalidRequest(string detail) => From(new UploadError(UploadErrorReason.InvalidRequest, detail));

    public static IResult NotFound() => From(
        new UploadError(UploadErrorReason.NotFound, "There is no such upload, or the token is not one of its tokens."));

    public static IResult TokenMissing() => Problem(
        401, "token-missing", "Send the upload's token in the header Upload-Token.");

    public static IResult SecretMissing() => Problem(
        401, "unauthorized", "Send the shared secret, as Authorization: Bearer, or as the password of Basic authentication.");

    /// <summary>A refusal before any upload is looked at.</summary>
    public static IResult Refused(int status, string code, string detail) => Problem(status, code, detail);

    public static IResult NotAuthorised(string detail) => Problem(403, "forbidden", detail);

    public static IResult StorageUnavailable() => Problem(
        503, "storage-unavailable", "The application's storage or database can't be reached right now; nothing was lost. Send the same request again in a moment.");

    public static IResult StorageMisconfigured() => Problem(
        503, "storage-misconfigured", "Storage refuses what this application is configured to do, and its operator has to correct that. Nothing was lost; try again later, not at once.");

    public static IResult TooManyStreams() => Problem(
        429, "too-many-streams", "Too many event streams of this upload, or of its owner, are open. Close some, or ask for the status now and then instead.");

    /// <summary>A body that was not taken.</summary>
    public static IResult From(BodyFault fault) => fault.Kind switch
    {
        BodyFaultKind.TooSlow => Problem(StatusOf(fault), "request-timeout", fault.Detail),
        BodyFaultKind.Busy => new ProblemResult(StatusOf(fault), "server-busy", fault.Detail) { RetryAfter = BusySeconds },
        _ => InvalidRequest(fault.Detail),
    };

    public static int StatusOf(BodyFault fault) => fault.Kind switch { BodyFaultKind.TooSlow => 408, BodyFaultKind.Busy => 503, _ => 400 };

    private static ProblemResult Problem(int status, string code, string detail) => new(status, code, detail);
}

/// <summary>The statuses of success.</summary>
internal static class Status
{
    public const int Ok = 200;
    public const int Created = 201;
    public const int Accepted = 202;
    public const int NoContent = 204;
    public const int Redirect = 302;
}
