namespace DirectUpload.LocalS3.Checksums;

/// <summary>Computes a hash while the bytes are streamed.</summary>
internal interface IIncrementalHash : IDisposable
{
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Returns the hash of all appended bytes; called once, at the end.</summary>
    byte[] Finish();
}
