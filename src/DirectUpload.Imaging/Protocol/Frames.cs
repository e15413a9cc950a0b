using System.Buffers.Binary;

namespace DirectUpload.Imaging.Protocol;

/// <summary>Reads and writes frames: a length of four bytes, little-endian, and as many bytes.</summary>
internal static class Frames
{
    private const int PrefixLength = sizeof(int);

    public static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await WriteLengthAsync(stream, content.Length, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the length of a frame; the caller writes its bytes.</summary>
    public static async Task WriteLengthAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, length);
        await stream.WriteAsync(prefix, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a frame.</summary>
    /// <returns>The bytes; null when the stream ended before the frame began.</returns>
    /// <exception cref="InvalidDataException">The frame is longer than the maximum, or the stream ended within it.</exception>
    public static async Task<byte[]?> ReadAsync(Stream stream, int maxLength, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        var read = await stream.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (read < PrefixLength || length < 0 || length > maxLength)
            throw new InvalidDataException($"A frame has {length} bytes; at most {maxLength} are allowed.");
        var content = new byte[length];
        if (await stream.ReadAtLeastAsync(content, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < length)
            throw new InvalidDataException($"The stream ended within a frame of {length} bytes.");
        return content;
    }
}
