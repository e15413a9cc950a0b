namespace DirectUpload.Client.Reading;

/// <summary>Writes a stream to a temporary file, which is deleted when it is closed.</summary>
internal static class TemporaryFile
{
    public static async ValueTask<SourceReader> CopyAsync(Stream stream, CancellationToken cancellationToken)
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
            await stream.CopyToAsync(file, ReadDefaults.BufferSize, cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return new TemporaryFileReader(file);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed class TemporaryFileReader(FileStream file) : SourceReader
    {
        private readonly FileReader _reader = new(file.SafeFileHandle);

        public override long Length => _reader.Length;

        public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
            _reader.ReadAsync(offset, buffer, cancellationToken);

        // Closing the stream, not its handle, deletes the file.
        public override ValueTask DisposeAsync() => file.DisposeAsync();
    }
}
