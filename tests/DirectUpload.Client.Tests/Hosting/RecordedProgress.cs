namespace DirectUpload.Client.Tests.Hosting;

/// <summary>All that was told of an upload's progress, in order.</summary>
internal sealed class RecordedProgress : IProgress<FileUploadProgress>
{
    private readonly List<FileUploadProgress> _all = [];

    public IReadOnlyList<FileUploadProgress> All
    {
        get
        {
            lock (_all)
                return [.. _all];
        }
    }

    /// <summary>The bytes sent, by the last word.</summary>
    public long LastBytesSent => All is [.., var last] ? last.BytesSent : 0;

    public void Report(FileUploadProgress value)
    {
        lock (_all)
            _all.Add(value);
    }
}
