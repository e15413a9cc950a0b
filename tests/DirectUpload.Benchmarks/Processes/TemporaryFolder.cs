namespace DirectUpload.Benchmarks.Processes;

/// <summary>A folder for gigabytes, gone when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("directupload-benchmarks-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
