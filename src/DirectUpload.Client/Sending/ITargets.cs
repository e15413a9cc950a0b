using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Where the pieces of an upload go, signed as needed. Safe for concurrent use.</summary>
internal interface ITargets
{
    /// <summary>Where a piece goes, by a signature that still holds, as far as one can know here.</summary>
    ValueTask<SendTarget> GetAsync(Piece piece, CancellationToken cancellationToken);

    /// <summary>Storage does not take this signature: the next time there is another.</summary>
    void Forget(int number, SendTarget refused);
}
