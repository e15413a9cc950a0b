namespace DirectUpload.Client.Reading;

/// <summary>Provides the missing parts of a source, in order, to any number of senders, and the source's checksums at the end.</summary>
internal interface IPartSource : IAsyncDisposable
{
    /// <summary>Takes the next part, or returns null when all have been taken.</summary>
    ValueTask<PartReader?> TakeNextAsync(CancellationToken cancellationToken);

    /// <summary>Returns the checksums of the whole source, once every part has been taken and read.</summary>
    Task<SourceChecksums> GetChecksumsAsync(CancellationToken cancellationToken);
}
