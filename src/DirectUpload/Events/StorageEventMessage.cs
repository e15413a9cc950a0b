namespace DirectUpload.Events;

/// <summary>What a message of storage's held.</summary>
/// <param name="Events">In its order; none in a test message, or one that could not be read.</param>
/// <param name="Fault">Why it could not be read, in a sentence for a log; null when it could.</param>
public sealed record StorageEventMessage(IReadOnlyList<StorageEvent> Events, string? Fault = null)
{
    /// <summary>Whether storage only tried whether messages arrive, as S3 does when notifications are configured.</summary>
    public bool IsTest { get; init; }

    internal static StorageEventMessage Unreadable(string fault) => new([], fault);
}
