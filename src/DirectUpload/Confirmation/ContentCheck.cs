using System.Security.Cryptography;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload.Confirmation;

/// <summary>Looks into the frozen object's bytes: they must be what the record says, and what the profile takes.</summary>
internal static class ContentCheck
{
    /// <summary>Why the content is refused; null when it is as promised.</summary>
    /// <exception cref="IOException">The frozen object could not be read to its end.</exception>
    public static async Task<UploadFailure?> FindFaultAsync(
        UploadRecord record, UploadProfile profile, StoredObject frozen, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (await FindTypeFaultAsync(record, profile, frozen, bucket, cancellationToken).ConfigureAwait(false) is { } fault)
            return new UploadFailure(UploadVerifier.Mismatch, fault);

        // Storage that verifies checksums (AWS) has vouched for the bytes already; for the others they are read once, inside the data centre.
        if (record.ChecksumSha256 is { } promised && frozen.ChecksumSha256 != promised)
        {
            var actual = await HashAsync(record, frozen, bucket, cancellationToken).ConfigureAwait(false);
            if (actual != promised)
                return new(UploadVerifier.Mismatch, "The SHA-256 of what arrived is not the one that was promised. Request a new upload.");
        }

        return null;
    }

    private static async Task<string?> FindTypeFaultAsync(
        UploadRecord record, UploadProfile profile, StoredObject frozen, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(record, frozen, bucket, 0, ContentInspector.HeadLength, cancellationToken).ConfigureAwait(false);
        byte[] tail = [];
        if (ContentInspector.NeedsTail(head, frozen.Size))
        {
            var start = Math.Max(0, frozen.Size - ContentInspector.TailLength);
            tail = await ReadAsync(record, frozen, bucket, start, ContentInspector.TailLength, cancellationToken).ConfigureAwait(false);
        }

        var inspection = ContentInspector.Inspect(record.ContentType, head, tail, frozen.Size);
        if (!inspection.Accepted)
            return inspection.Detail;
        return inspection.DetectedType is { } real && MediaType.TryNormalise(real, out _) && !IsTaken(profile, record, real)
            ? $"The bytes are {real}, which is not taken here; allowed: {string.Join(", ", profile.ContentTypes)}."
            : null;
    }

    // The inspector has held the bytes to the declared type, aliases included; a type that claims nothing is held to the profile itself.
    private static bool IsTaken(UploadProfile profile, UploadRecord record, string real) =>
        record.ContentType != "application/octet-stream" || profile.ContentTypes.Contains("application/octet-stream")
        || profile.ContentTypes.Any(pattern => MediaType.Matches(pattern, real));

    private static async Task<byte[]> ReadAsync(
        UploadRecord record, StoredObject frozen, IUploadBucket bucket, long offset, int length, CancellationToken cancellationToken)
    {
        if (frozen.Size == 0)
            return [];
        using var stream = await OpenAsync(record, frozen, bucket, offset, Math.Min(length, frozen.Size - offset), cancellationToken).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private static async Task<string> HashAsync(
        UploadRecord record, StoredObject frozen, IUploadBucket bucket, CancellationToken cancellationToken)
    {
        if (frozen.Size == 0)
            return Convert.ToBase64String(SHA256.HashData([]));
        using var stream = await OpenAsync(record, frozen, bucket, 0, frozen.Size, cancellationToken).ConfigureAwait(false);
        return Convert.ToBase64String(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<Stream> OpenAsync(
        UploadRecord record, StoredObject frozen, IUploadBucket bucket, long offset, long length, CancellationToken cancellationToken) =>
        await bucket.OpenReadAsync(record.FinalKey, frozen.ETag, offset, length, cancellationToken).ConfigureAwait(false)
        ?? throw new IOException($"The frozen object of upload {record.Id} changed while it was inspected; nothing but this library should write to its key.");
}
