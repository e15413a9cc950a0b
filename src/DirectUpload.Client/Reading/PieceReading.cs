namespace DirectUpload.Client.Reading;

internal static class PieceReading
{
    /// <summary>Of a file on its way to the network, in bytes: large enough that system calls don't count, small enough that thirty-two don't either.</summary>
    public const int BufferSize = 256 * 1024;
}
