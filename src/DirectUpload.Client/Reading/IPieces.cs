namespace DirectUpload.Client.Reading;

/// <summary>The pieces of a source that storage lacks, one after the other, for any number of senders; and the source's SHA-256 when all have been taken.</summary>
internal interface IPieces : IAsyncDisposable
{
    /// <summary>The next one; null when all have been taken.</summary>
    ValueTask<Piece?> TakeAsync(CancellationToken cancellationToken);

    /// <summary>The SHA-256 of the whole source, base64, once every piece has been taken and read.</summary>
    Task<string> ChecksumAsync(CancellationToken cancellationToken);
}
