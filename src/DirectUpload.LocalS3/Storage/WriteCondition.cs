using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Represents the condition of a write, which is checked atomically with the write.</summary>
/// <param name="MustNotExist">If-None-Match: *.</param>
/// <param name="ETag">If-Match, without quotes; <c>*</c> for any ETag.</param>
internal sealed record WriteCondition(bool MustNotExist, string? ETag)
{
    public static readonly WriteCondition None = new(false, null);

    /// <param name="request">The request.</param>
    /// <param name="takesAnyETag">True to accept <c>If-Match: *</c>, which S3 allows only for deletion.</param>
    public static WriteCondition Read(S3Request request, bool takesAnyETag = false)
    {
        var ifMatch = request.GetHeader("If-Match");
        var ifNoneMatch = request.GetHeader("If-None-Match");
        if (ifMatch is not null && ifNoneMatch is not null)
            throw S3Errors.NotImplemented("If-Match,If-None-Match");
        // S3 accepts only the star here.
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

    /// <summary>Checks the additional condition of completing an upload.</summary>
    /// <remarks>A change to the key since the upload started is a conflict, even if the key now satisfies the condition again.</remarks>
    public void CheckUnchangedSince(StoredUpload upload, StoredObject? current)
    {
        if (MustNotExist && upload.KeyWasTaken)
            throw S3Errors.ConditionalRequestConflict("If-None-Match", upload.Key);
        if (ETag is not null && current?.Sequence > upload.Sequence)
            throw S3Errors.ConditionalRequestConflict("If-Match", upload.Key);
    }
}
