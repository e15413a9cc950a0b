namespace DirectUpload.LocalS3.Checksums;

/// <summary>A hash that is fed while the bytes pass by.</summary>
internal interface IRunningHash : IDisposable
{
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The hash of all that was appended. Called once, at the end.</summary>
    byte[] Finish();
}
