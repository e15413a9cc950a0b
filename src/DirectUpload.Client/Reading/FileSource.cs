namespace DirectUpload.Client.Reading;

internal sealed class FileSource(string path) : UploadSource(Path.GetFileName(path))
{
    internal override ValueTask<SourceBytes> OpenAsync(CancellationToken cancellationToken) => new(FileBytes.Open(path));
}
