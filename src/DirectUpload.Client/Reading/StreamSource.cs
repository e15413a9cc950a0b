namespace DirectUpload.Client.Reading;

internal sealed class StreamSource(Stream stream, string? fileName, long? length) : UploadSource(fileName)
{
    internal override async ValueTask<SourceBytes> OpenAsync(CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
            return new SeekableBytes(stream);
        return length is { } known ? new SequentialBytes(stream, known) : await SpooledBytes.CopyAsync(stream, cancellationToken).ConfigureAwait(false);
    }
}
