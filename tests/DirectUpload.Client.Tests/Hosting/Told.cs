namespace DirectUpload.Client.Tests.Hosting;

/// <summary>All that was told of an upload's progress, in order.</summary>
internal sealed class Told : IProgress<UploadProgress>
{
    private readonly List<UploadProgress> _all = [];

    public IReadOnlyList<UploadProgress> All
    {
        get
        {
            lock (_all)
                return [.. _all];
        }
    }

    /// <summary>The bytes sent, by the last word.</summary>
    public long Last => All is [.., var last] ? last.BytesSent : 0;

    public void Report(UploadProgress value)
    {
        lock (_all)
            _all.Add(value);
    }
}
