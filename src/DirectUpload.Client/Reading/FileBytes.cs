using Microsoft.Win32.SafeHandles;

namespace DirectUpload.Client.Reading;

/// <summary>An open file; each read says where, so that many can go on at once.</summary>
internal sealed class FileBytes(SafeFileHandle file) : SourceBytes
{
    public override long Length { get; } = RandomAccess.GetLength(file);

    public override DateTimeOffset? LastWriteTime { get; } = WrittenAt(file);

    public static FileBytes Open(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous));

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        RandomAccess.ReadAsync(file, buffer, offset, cancellationToken);

    public override bool HaveChanged() => RandomAccess.GetLength(file) != Length || WrittenAt(file) != LastWriteTime;

    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static DateTimeOffset WrittenAt(SafeFileHandle file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
}
