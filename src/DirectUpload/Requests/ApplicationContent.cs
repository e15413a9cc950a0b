using System.Globalization;
using System.Security.Cryptography;
using DirectUpload.Primitives;

namespace DirectUpload.Requests;

/// <summary>The bytes of a stream of the application, with their exact size, before anything is requested for them.</summary>
internal sealed class ApplicationContent : IAsyncDisposable
{
    private readonly Stream? _copy;

    private ApplicationContent(ContentWindow bytes, Stream? copy, string? checksum) =>
        (Bytes, _copy, ChecksumSha256) = (bytes, copy, checksum);

    /// <summary>Gets the bytes, at their start.</summary>
    public ContentWindow Bytes { get; }

    /// <summary>Gets the SHA-256 of the bytes as base64; null if it was not required.</summary>
    public string? ChecksumSha256 { get; }

    /// <summary>Determines the size of a stream, and copies the stream if it cannot seek.</summary>
    /// <param name="content">The stream, which is read from its position on and never disposed.</param>
    /// <param name="request">The request that declares the content.</param>
    /// <param name="maxSize">The maximum size, in bytes.</param>
    /// <param name="computeChecksum">Whether the SHA-256 is computed although the request declares none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The content, or why it differs from the declared values or is too large.</returns>
    public static async Task<UploadResult<ApplicationContent>> OpenAsync(
        Stream content, UploadRequest request, long maxSize, bool computeChecksum, CancellationToken cancellationToken)
    {
        var copy = content.CanSeek
            ? null
            : await ContentBuffer.CopyAsync(content, request.Size ?? maxSize, cancellationToken).ConfigureAwait(false);
        try
        {
            var source = copy ?? content;
            var size = Math.Max(0, source.Length - source.Position);
            var bytes = new ContentWindow(source, size);
            var error = FindSizeError(size, request.Size, maxSize, isComplete: copy is null || size <= (request.Size ?? maxSize));
            string? checksum = null;
            if (error is null && (computeChecksum || request.ChecksumSha256 is not null))
            {
                checksum = Convert.ToBase64String(await SHA256.HashDataAsync(bytes, cancellationToken).ConfigureAwait(false));
                bytes.Position = 0;
                if (request.ChecksumSha256 is { } declared && declared != checksum)
                    error = Mismatch($"The SHA-256 of the content is {checksum}, but the request declares {declared}.");
            }

            if (error is null)
                return new ApplicationContent(bytes, Interlocked.Exchange(ref copy, null), checksum);
            return error;
        }
        finally
        {
            if (copy is not null)
                await copy.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _copy?.DisposeAsync() ?? ValueTask.CompletedTask;

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
