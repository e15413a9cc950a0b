using Microsoft.Win32.SafeHandles;

namespace DirectUpload.Client.Reading;

/// <summary>Reads an open file; every read has an offset, so that reads can run in parallel.</summary>
internal sealed class FileReader(SafeFileHandle file) : SourceReader
{
    public override long Length { get; } = RandomAccess.GetLength(file);

    public override DateTimeOffset? LastWriteTime { get; } = GetLastWriteTime(file);

    public static FileReader Open(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous));

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        RandomAccess.ReadAsync(file, buffer, offset, cancellationToken);

    public override bool HasChanged() => RandomAccess.GetLength(file) != Length || GetLastWriteTime(file) != LastWriteTime;

    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static DateTimeOffset GetLastWriteTime(SafeFileHandle file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
}
