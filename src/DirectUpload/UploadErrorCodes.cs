namespace DirectUpload;

/// <summary>Contains the codes of <see cref="UploadError"/> that the library uses.</summary>
/// <remarks>The HTTP API uses the same codes.</remarks>
public static class UploadErrorCodes
{
    /// <summary>Indicates that the request is malformed or contradictory.</summary>
    public const string InvalidRequest = "invalid-request";

    /// <summary>Indicates that no profile has the requested name.</summary>
    public const string UnknownProfile = "unknown-profile";

    /// <summary>Indicates that the profile does not allow the media type or the file extension.</summary>
    public const string TypeNotAllowed = "type-not-allowed";

    /// <summary>Indicates that the file is larger than the profile allows.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Indicates that the file is smaller than the profile allows.</summary>
    public const string TooSmall = "too-small";

    /// <summary>Indicates that the application does not allow this upload for this caller.</summary>
    public const string NotAuthorized = "forbidden";

    /// <summary>
    /// Indicates that the owner has reached a limit of pending uploads, pending bytes, stored bytes, or requests per minute.
    /// </summary>
    public const string QuotaExceeded = "quota-exceeded";

    /// <summary>
    /// Indicates that the upload does not exist, or that the token does not belong to it; callers cannot distinguish the two.
    /// </summary>
    public const string NotFound = "not-found";

    /// <summary>Indicates that the call requires the write token, but the token is the read token.</summary>
    public const string TokenInvalid = "token-invalid";

    /// <summary>Indicates that the object has not arrived; confirm the upload again after the object is sent.</summary>
    public const string NotUploaded = "not-uploaded";

    /// <summary>Indicates that the status of the upload does not allow the call.</summary>
    public const string Conflict = "conflict";

    /// <summary>Indicates that the grant expired before the object arrived.</summary>
    public const string Expired = "expired";

    /// <summary>Indicates that the uploaded file differs from what the client declared.</summary>
    public const string Mismatch = "mismatch";

    /// <summary>Indicates that the stored file has another checksum than the client stated: bytes were changed on the way.</summary>
    /// <remarks>The upload is rejected, and its object is deleted.</remarks>
    public const string ChecksumMismatch = "checksum-mismatch";

    /// <summary>Indicates that the profile requires a checksum that neither the request nor the confirm stated.</summary>
    /// <remarks>The upload is unchanged; the client can confirm it again with the checksum.</remarks>
    public const string ChecksumMissing = "checksum-missing";

    /// <summary>Indicates that the profile requires the checksum of storage, but storage reported none of the whole file.</summary>
    /// <remarks>The upload is rejected. Another <see cref="UploadProfile.RequireIntegrity"/> fits such storage.</remarks>
    public const string ChecksumNotReported = "checksum-not-reported";

    /// <summary>Indicates that the profile does not allow clients to delete finished uploads.</summary>
    public const string DeletionNotAllowed = "deletion-not-allowed";

    /// <summary>Indicates that the content no longer exists.</summary>
    /// <remarks>The upload was deleted, aborted or rejected, or its object is no longer in the bucket.</remarks>
    public const string Deleted = "deleted";

    /// <summary>Indicates that the upload cannot be attached yet, because it is not ready.</summary>
    public const string NotReady = "not-ready";

    /// <summary>Indicates that the upload was requested under another profile than the one that the application expects.</summary>
    public const string WrongProfile = "wrong-profile";

    /// <summary>Indicates that the upload is attached to another entity.</summary>
    public const string AttachedElsewhere = "attached-elsewhere";

    /// <summary>Indicates that the upload was deleted because no entity of the application refers to it.</summary>
    /// <remarks>The application did not attach it in time, or has detached it since.</remarks>
    public const string Unattached = "unattached";

    /// <summary>Indicates that the upload was deleted because the application attached another one in its place.</summary>
    public const string Replaced = "replaced";

    /// <summary>Indicates that processing failed for the last time; the application can retry it.</summary>
    public const string ProcessingFailed = "processing-failed";

    /// <summary>The client has reported why it gave the upload up; the message is the client's, not the library's.</summary>
    public const string ClientReported = "client-reported";

    /// <summary>Indicates that an upload waited for the decision of a processor, and none came by the deadline.</summary>
    /// <remarks>The upload is rejected, and its object is deleted.</remarks>
    public const string DecisionMissing = "decision-missing";
}
