using System.Globalization;
using DirectUpload.Primitives;

namespace DirectUpload.Requests;

/// <summary>The bytes of a stream of the application, with their exact size, before anything is requested for them.</summary>
internal sealed class ApplicationContent : IAsyncDisposable
{
    private readonly Stream? _copy;

    private ApplicationContent(ContentWindow bytes, Stream? copy, ContentChecksums checksums) =>
        (Bytes, _copy, Checksums) = (bytes, copy, checksums);

    /// <summary>Gets the bytes, at their start.</summary>
    public ContentWindow Bytes { get; }

    /// <summary>Gets the checksums that the request declares or the profile requires.</summary>
    public ContentChecksums Checksums { get; }

    /// <summary>Determines the size of a stream, and copies the stream if it cannot seek.</summary>
    /// <param name="content">The stream, which is read from its position on and never disposed.</param>
    /// <param name="request">The request that declares the content.</param>
    /// <param name="profile">The rules for the content, which may require a checksum that the request does not declare.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The content, or why it differs from the declared values or is too large.</returns>
    public static async Task<UploadResult<ApplicationContent>> OpenAsync(
        Stream content, UploadRequest request, UploadProfile profile, CancellationToken cancellationToken)
    {
        var maxSize = profile.MaxSize;
        var copy = content.CanSeek
            ? null
            : await ContentBuffer.CopyAsync(content, request.Size ?? maxSize, cancellationToken).ConfigureAwait(false);
        try
        {
            var source = copy ?? content;
            var size = Math.Max(0, source.Length - source.Position);
            var bytes = new ContentWindow(source, size);
            var error = FindSizeError(size, request.Size, maxSize, isComplete: copy is null || size <= (request.Size ?? maxSize));
            var checksums = default(ContentChecksums);
            if (error is null)
            {
                checksums = await ComputeChecksumsAsync(bytes, request, profile, cancellationToken).ConfigureAwait(false);
                error = FindChecksumError("SHA-256", checksums.Sha256, request.ChecksumSha256)
                    ?? FindChecksumError("CRC-64/NVME", checksums.Crc64Nvme, request.ChecksumCrc64Nvme);
            }

            if (error is null)
                return new ApplicationContent(bytes, Interlocked.Exchange(ref copy, null), checksums);
            return error;
        }
        finally
        {
            if (copy is not null)
                await copy.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _copy?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The S3 client signs the bytes, so the content is read for a checksum only if the request or the profile has one.
    private static async Task<ContentChecksums> ComputeChecksumsAsync(
        ContentWindow bytes, UploadRequest request, UploadProfile profile, CancellationToken cancellationToken)
    {
        var withSha256 = profile.RequireChecksum || request.ChecksumSha256 is not null;
        var withCrc64Nvme =
            request.ChecksumCrc64Nvme is not null || (profile.RequireIntegrity != IntegrityRequirement.None && !withSha256);
        if (!withSha256 && !withCrc64Nvme)
            return default;
        var checksums = await ContentChecksums.ComputeAsync(bytes, withSha256, withCrc64Nvme, cancellationToken).ConfigureAwait(false);
        bytes.Position = 0;
        return checksums;
    }

    private static UploadError? FindChecksumError(string algorithm, string? actual, string? declared) =>
        declared is not null && declared != actual
            ? Mismatch($"The {algorithm} of the content is {actual}, but the request declares {declared}.")
            : null;

    private static UploadError? FindSizeError(long size, long? declared, long maxSize, bool isComplete)
    {
        if (declared is { } expected && size != expected)
        {
            return Mismatch(
                $"The stream has {(isComplete ? $"{size}" : $"more than {expected}")} bytes, but the request declares {expected}. "
                + "Declare the actual size, or null.");
        }

        return size <= maxSize
            ? null
            : new(
                UploadErrorCodes.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"The content has more than {maxSize:N0} bytes, which is the maximum")
                + (maxSize < S3Limits.MaxSinglePutSize ? " of the profile." : " that the application can store. Upload it as a client."));
    }

    private static UploadError Mismatch(string detail) => new(UploadErrorCodes.Mismatch, detail);
}
