using DirectUpload.Confirmation;
using DirectUpload.Primitives;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing.Inspection;

/// <summary>Compares the final object's bytes with the record and with the types that the profile accepts.</summary>
internal static class ContentCheck
{
    /// <summary>Decides on the content type of the object at the record's final key.</summary>
    /// <returns>The canonical type, or why the content is rejected.</returns>
    /// <exception cref="IOException">The final object could not be read completely.</exception>
    public static async Task<(string? ContentType, UploadError? Rejection)> DecideTypeAsync(
        UploadRecord record, UploadProfile profile, ObjectStart final, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var sampler = new ContentSampler(final.Bytes, final.Object.Size);
        // Not read if the decision is the same with and without an archive there.
        if (sampler.MissesOnlyEnd && Decide(endsWithArchive: true, out _) is { } either && either == Decide(endsWithArchive: false, out _))
            return (either, null);
        await sampler.ReadAsync(
            (offset, length, cancellation) => ReadAsync(record, final.Object, bucket, offset, length, cancellation),
            cancellationToken).ConfigureAwait(false);
        var decided = Decide(endsWithArchive: null, out var rejection);
        return (decided, rejection is null ? null : new UploadError(UploadErrorCodes.Mismatch, rejection));

        string? Decide(bool? endsWithArchive, out string? rejection) => new ContentTypeDecision(
            record, profile, type => sampler.Inspect(type, EncryptedDocuments.AreAllowed(profile, type), endsWithArchive))
            .Decide(out rejection);
    }

    /// <summary>Compares the stated checksums with the object at the record's final key.</summary>
    /// <returns>Why the content is rejected; null when all that the profile requires was compared and is equal.</returns>
    /// <exception cref="IOException">The final object could not be read completely.</exception>
    public static async Task<UploadError?> FindChecksumErrorAsync(
        UploadRecord record, UploadProfile profile, StoredObject final, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var check = IntegrityCheck.For(record, profile);
        var error = check.FindError(final.Checksum, out var mustRead);
        // Amazon S3 reports a checksum. For servers that do not, the object is read and hashed here.
        return mustRead
            ? check.FindMismatch(await ComputeChecksumsAsync(check, record, final, bucket, cancellationToken).ConfigureAwait(false))
            : error;
    }

    /// <summary>Creates the exception for a final object that another program has written or deleted.</summary>
    public static IOException CreateChangedException(UploadRecord record) => new(
        $"The final object of upload {record.Id} changed while it was inspected; nothing but this library should write to its key.");

    private static async Task<byte[]> ReadAsync(
        UploadRecord record, StoredObject final, IUploadBucket bucket, long offset, int length, CancellationToken cancellationToken)
    {
        using var stream = await OpenAsync(record, final, bucket, offset, length, cancellationToken).ConfigureAwait(false);
        var bytes = new byte[length];
        var count = await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        // A server that ignores the range sends the whole object, whose first bytes are not the requested ones.
        if (count == length && await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
            throw new IOException($"Storage returned more than {length} bytes at offset {offset}; the content was not inspected.");
        return count == length ? bytes : bytes[..count];
    }

    private static async Task<ContentChecksums> ComputeChecksumsAsync(
        IntegrityCheck check, UploadRecord record, StoredObject final, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        // Storage refuses a range of an empty object.
        using var stream = final.Size == 0
            ? Stream.Null
            : await OpenAsync(record, final, bucket, 0, final.Size, cancellationToken).ConfigureAwait(false);
        return await ContentChecksums.ComputeAsync(
            stream, check.Sha256 is not null, check.Crc64Nvme is not null, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Stream> OpenAsync(
        UploadRecord record, StoredObject final, IUploadBucket bucket, long offset, long length, CancellationToken cancellationToken) =>
        await bucket.OpenReadAsync(record.FinalKey, final.ETag, offset, length, cancellationToken).ConfigureAwait(false)
        ?? throw CreateChangedException(record);
}
