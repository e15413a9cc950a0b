namespace DirectUpload.Client.Reading;

/// <summary>Reads a stream of the caller, which stays open.</summary>
internal sealed class StreamSource(Stream stream, string? fileName, long? length) : FileUploadSource(fileName)
{
    internal override async ValueTask<SourceReader> OpenAsync(CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
            return new SeekableStreamReader(stream);
        return length is { } known
            ? new SequentialStreamReader(stream, known)
            : await TemporaryFile.CopyAsync(stream, cancellationToken).ConfigureAwait(false);
    }
}
