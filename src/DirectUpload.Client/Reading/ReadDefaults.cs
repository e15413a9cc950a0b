namespace DirectUpload.Client.Reading;

internal static class ReadDefaults
{
    /// <summary>
    /// The size in bytes of a file's read buffer: large enough to make system calls cheap, small enough for 32 parts at once.
    /// </summary>
    public const int BufferSize = 256 * 1024;
}
