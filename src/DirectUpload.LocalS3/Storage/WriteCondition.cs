using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>What must be true of a key for a write to happen; it is asked in the same breath as the write.</summary>
/// <param name="MustNotExist">If-None-Match: *.</param>
/// <param name="ETag">If-Match, without quotes; <c>*</c> for any.</param>
internal sealed record WriteCondition(bool MustNotExist, string? ETag)
{
    public static readonly WriteCondition None = new(false, null);

    /// <param name="request">The request.</param>
    /// <param name="takesAnyETag">Whether <c>If-Match: *</c> may ask for whatever is there: S3 allows it on deleting alone.</param>
    public static WriteCondition Read(S3Request request, bool takesAnyETag = false)
    {
        var ifMatch = request.Header("If-Match");
        var ifNoneMatch = request.Header("If-None-Match");
        if (ifMatch is not null && ifNoneMatch is not null)
            throw S3Errors.NotImplemented("If-Match,If-None-Match");
        // S3 knows only the star here.
        if (ifNoneMatch is not (null or "*"))
            throw S3Errors.NotImplemented("If-None-Match");
        if (ifMatch?.Trim() == "*" && !takesAnyETag)
            throw S3Errors.NotImplemented("If-Match");
        return new(ifNoneMatch is not null, ifMatch?.Trim().Trim('"'));
    }

    public void Check(string key, StoredObject? current)
    {
        if (MustNotExist && current is not null)
            throw S3Errors.PreconditionFailed("If-None-Match");
        if (ETag is null)
            return;
        if (current is null)
            throw S3Errors.NoSuchKey(key);
        if (ETag != "*" && ETag != current.ETag)
            throw S3Errors.PreconditionFailed("If-Match");
    }

    /// <summary>
    /// The further demands on completing an upload: what happened to the key since it began is a conflict, even when the key now looks as
    /// the condition wants it.
    /// </summary>
    public void CheckSince(StoredUpload upload, StoredObject? current)
    {
        if (MustNotExist && upload.KeyWasTaken)
            throw S3Errors.ConditionalRequestConflict("If-None-Match", upload.Key);
        if (ETag is not null && current?.Sequence > upload.Sequence)
            throw S3Errors.ConditionalRequestConflict("If-Match", upload.Key);
    }
}
