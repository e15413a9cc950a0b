using DirectUpload.LocalS3.Bodies;
using Microsoft.AspNetCore.Connections;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>
/// A request's body as the client sends it. What fails while it is read is the client's fault and answered as such: Kestrel reports a malformed chunk with the same plain
/// <see cref="IOException"/> as a disk that is full.
/// </summary>
internal sealed class ClientBodyStream(Stream body) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e) when (e is not ConnectionResetException)
        {
            throw new S3Exception(400, "IncompleteBody", "The body could not be read: it was cut off, or is not framed as HTTP requires.");
        }
    }
}
