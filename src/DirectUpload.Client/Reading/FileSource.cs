namespace DirectUpload.Client.Reading;

/// <summary>Opens a file when the upload begins.</summary>
internal sealed class FileSource(string path) : FileUploadSource(Path.GetFileName(path))
{
    internal override ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken) => new(FileReader.Open(path));
}
