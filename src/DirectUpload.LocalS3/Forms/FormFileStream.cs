using DirectUpload.LocalS3.Bodies;

namespace DirectUpload.LocalS3.Forms;

/// <summary>
/// The file's bytes, which end at the closing boundary. A form that breaks off before is malformed, not a fault of this server.
/// </summary>
internal sealed class FormFileStream(Stream section) : ReadOnlyStream
{
    /// <summary>The multipart reader says so with a plain IOException; a lost connection has types of its own.</summary>
    public static bool IsUnexpectedEnd(IOException e) => e.GetType() == typeof(IOException);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await section.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e) when (IsUnexpectedEnd(e))
        {
            throw FormReader.Malformed();
        }
    }
}
