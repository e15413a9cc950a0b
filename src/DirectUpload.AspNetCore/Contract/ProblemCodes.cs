namespace DirectUpload.AspNetCore.Contract;

/// <summary>Lists the codes in the problem details of the HTTP API.</summary>
internal static class ProblemCodes
{
    public const string TokenMissing = "token-missing";
    public const string Unauthorized = "unauthorized";
    public const string Forbidden = UploadErrorCodes.NotAuthorized;
    public const string CrossSite = "cross-site";
    public const string RequestTimeout = "request-timeout";
    public const string ServerBusy = "server-busy";
    public const string TooManyStreams = "too-many-streams";
    public const string ServerError = "server-error";
    public const string StorageUnavailable = "storage-unavailable";
    public const string StorageMisconfigured = "storage-misconfigured";

    /// <summary>Gets the codes of <see cref="UploadError"/>.</summary>
    public static IReadOnlyList<string> OfUploads { get; } =
    [
        UploadErrorCodes.InvalidRequest, UploadErrorCodes.UnknownProfile, UploadErrorCodes.TypeNotAllowed, UploadErrorCodes.TooLarge,
        UploadErrorCodes.TooSmall, UploadErrorCodes.NotAuthorized, UploadErrorCodes.QuotaExceeded, UploadErrorCodes.NotFound,
        UploadErrorCodes.TokenInvalid, UploadErrorCodes.NotUploaded, UploadErrorCodes.Conflict, UploadErrorCodes.Expired,
        UploadErrorCodes.Mismatch, UploadErrorCodes.ChecksumMismatch, UploadErrorCodes.ChecksumMissing,
        UploadErrorCodes.ChecksumNotReported, UploadErrorCodes.DeletionNotAllowed, UploadErrorCodes.Deleted,
        UploadErrorCodes.ProcessingFailed, UploadErrorCodes.ClientReported, UploadErrorCodes.Unattached, UploadErrorCodes.Replaced,
        UploadErrorCodes.DecisionMissing,
    ];

    // Only uploads have these; no call is refused with them.
    private static readonly string[] OfUploadsOnly =
    [
        UploadErrorCodes.ProcessingFailed, UploadErrorCodes.ClientReported, UploadErrorCodes.Unattached, UploadErrorCodes.Replaced,
        UploadErrorCodes.DecisionMissing,
    ];

    /// <summary>Gets every code of problem details.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. OfUploads.Except(OfUploadsOnly),
        TokenMissing, Unauthorized, CrossSite, RequestTimeout, ServerBusy, TooManyStreams, StorageUnavailable, StorageMisconfigured,
        ServerError,
    ];
}
