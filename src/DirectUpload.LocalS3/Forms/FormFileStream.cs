using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Forms;

/// <summary>Reads the file's bytes up to the closing boundary, and reports an incomplete form as an error of the client.</summary>
internal sealed class FormFileStream(Stream section) : ReadOnlyStream
{
    /// <summary>Recognizes the multipart reader's plain IOException; a lost connection has its own exception types.</summary>
    public static bool IsUnexpectedEnd(IOException e) => e.GetType() == typeof(IOException);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await section.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e) when (IsUnexpectedEnd(e))
        {
            throw FormReader.CreateMalformedError();
        }
    }
}
