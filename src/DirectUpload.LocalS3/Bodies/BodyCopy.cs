using System.Buffers;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>Copies bytes with a pooled buffer in constant memory, and computes digests on the way.</summary>
internal static class BodyCopy
{
    private const int BufferSize = 128 * 1024;

    /// <param name="source">The source, which is read to its end.</param>
    /// <param name="destination">The destination of the bytes.</param>
    /// <param name="digests">The digests, which receive every byte.</param>
    /// <param name="maximum">The maximum number of bytes; a longer source fails with EntityTooLarge.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    public static async Task CopyAsync(
        Stream source, Stream destination, BodyHasher digests, long maximum, CancellationToken cancellationToken)
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

    /// <summary>Copies exactly the given number of bytes; a shorter source is an error.</summary>
    public static async Task CopyExactlyAsync(Stream source, Stream destination, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (count > 0)
            {
                var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellationToken);
                if (read == 0)
                    throw new EndOfStreamException("A stored object is shorter than the size in its record.");
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
