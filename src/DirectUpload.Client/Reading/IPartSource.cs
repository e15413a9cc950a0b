namespace DirectUpload.Client.Reading;

/// <summary>Provides the missing parts of a source, in order, to any number of senders, and the source's SHA-256 at the end.</summary>
internal interface IPartSource : IAsyncDisposable
{
    /// <summary>Takes the next part, or returns null when all have been taken.</summary>
    ValueTask<PartReader?> TakeNextAsync(CancellationToken cancellationToken);

    /// <summary>Returns the base64 SHA-256 of the whole source, once every part has been taken and read.</summary>
    Task<string> GetChecksumAsync(CancellationToken cancellationToken);
}
