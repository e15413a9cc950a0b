using System.Buffers;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>The one loop that moves bytes: pooled buffer, constant memory, digests on the way.</summary>
internal static class BodyCopy
{
    private const int BufferSize = 128 * 1024;

    /// <param name="source">Read to its end.</param>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="digests">Fed with every byte.</param>
    /// <param name="maximum">The first byte beyond it is refused with EntityTooLarge.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    public static async Task CopyAsync(
        Stream source, Stream destination, BodyDigests digests, long maximum, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (digests.Length + read > maximum)
                    throw S3Errors.EntityTooLarge(digests.Length + read, maximum);
                digests.Append(buffer.AsSpan(0, read));
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Copies exactly so many bytes; a source that ends before is a fault.</summary>
    public static async Task CopyExactlyAsync(Stream source, Stream destination, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (count > 0)
            {
                var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellationToken);
                if (read == 0)
                    throw new EndOfStreamException("A stored object is shorter than its record says.");
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
