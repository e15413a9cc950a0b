namespace DirectUpload.Client.Sending;

/// <summary>What became of a piece.</summary>
internal enum StorageAnswer
{
    /// <summary>Storage has it.</summary>
    Stored,

    /// <summary>Something is at its key, where it could be written only once: ours, whose answer was lost. Confirming tells.</summary>
    ThereAlready,

    /// <summary>The upload does not take pieces any more: it was put together, or has ended. Confirming tells.</summary>
    Closed,
}
