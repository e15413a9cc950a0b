namespace DirectUpload.LocalS3.Tests;

public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("locals3-").FullName;

    public string[] Blobs(string bucket = "uploads") => Directory.GetFiles(System.IO.Path.Combine(Path, "buckets", bucket, "blobs"));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
