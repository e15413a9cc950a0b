namespace DirectUpload.Testing.Hosting;

/// <summary>Creates the folder of the objects of one host. The container disposes it after the server that uses it.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("directupload-testing-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A test must not fail because another process, such as a virus scanner, reads a file.
        }
    }
}
