namespace DirectUpload.Client.Reading;

/// <summary>A stream that was written to a temporary file, which goes when it is closed.</summary>
internal static class SpooledBytes
{
    public static async ValueTask<SourceBytes> CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"upload-{Guid.NewGuid():N}"), options);
        try
        {
            await stream.CopyToAsync(file, PieceReading.BufferSize, cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return new OwnedBytes(file);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed class OwnedBytes(FileStream file) : SourceBytes
    {
        private readonly FileBytes _bytes = new(file.SafeFileHandle);

        public override long Length => _bytes.Length;

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) => _bytes.ReadAsync(offset, buffer, cancellationToken);

        // Its stream, not its handle, is what deletes it.
        public override ValueTask DisposeAsync() => file.DisposeAsync();
    }
}
