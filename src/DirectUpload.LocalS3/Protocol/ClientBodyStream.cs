using Microsoft.AspNetCore.Connections;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Reads a request's body, notes whether its end was reached, and reports a read failure as an error of the client.</summary>
/// <remarks>
/// Kestrel reports a malformed chunk with the same plain <see cref="IOException"/> as a full disk; this stream separates the two.
/// </remarks>
/// <param name="body">The body as the server provides it.</param>
/// <param name="length">The declared length in bytes; null for a body of unknown length.</param>
internal sealed class ClientBodyStream(Stream body, long? length) : ReadOnlyStream
{
    private long _read;
    private bool _sawEnd;

    /// <summary>Indicates whether the client has nothing left to send for this request.</summary>
    public bool IsAtEnd => _sawEnd || _read == length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            _read += read;
            _sawEnd |= read == 0 && !buffer.IsEmpty;
            return read;
        }
        catch (IOException e) when (e is not ConnectionResetException)
        {
            throw new S3Exception(400, "IncompleteBody", "The body could not be read: it was cut off, or is not framed as HTTP requires.");
        }
    }
}
