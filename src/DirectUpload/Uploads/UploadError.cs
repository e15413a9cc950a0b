namespace DirectUpload.Uploads;

/// <summary>An expected refusal: a reason for programs and a sentence for people that says what to do.</summary>
/// <param name="Reason">One of a closed set.</param>
/// <param name="Detail">What was wrong, with which value, and what to send instead.</param>
public sealed record UploadError(UploadErrorReason Reason, string Detail);

/// <summary>Why something was refused. A closed set; an outage is never among them.</summary>
public enum UploadErrorReason
{
    /// <summary>The request is malformed or contradicts itself.</summary>
    InvalidRequest,

    /// <summary>No profile has that name.</summary>
    UnknownProfile,

    /// <summary>The profile does not take that content type or extension.</summary>
    TypeNotAllowed,

    /// <summary>Larger than the profile takes.</summary>
    TooLarge,

    /// <summary>Smaller than the profile takes.</summary>
    TooSmall,

    /// <summary>The application does not allow this caller this upload.</summary>
    NotAuthorized,

    /// <summary>The owner has too many uploads or bytes pending, too many bytes altogether, or has asked too often.</summary>
    QuotaExceeded,

    /// <summary>No such upload, or the token is not one of its tokens: the two can't be told apart.</summary>
    NotFound,

    /// <summary>The read token was given where the write token is needed.</summary>
    TokenInvalid,

    /// <summary>Nothing is at the key yet; confirm again once the upload is done.</summary>
    NotUploaded,

    /// <summary>The upload is not in a state that allows this.</summary>
    Conflict,

    /// <summary>The grant ran out before anything arrived.</summary>
    Expired,

    /// <summary>What arrived is not what was promised.</summary>
    Mismatch,

    /// <summary>The profile does not let clients delete finished uploads.</summary>
    DeletionNotAllowed,

    /// <summary>The content was deleted: the upload was deleted, aborted or rejected, or its object is gone from the bucket.</summary>
    Deleted,
}
