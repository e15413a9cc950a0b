namespace DirectUpload.Events;

/// <summary>Contains the events of one message from storage.</summary>
/// <param name="Events">The events, in the order of the message; empty for a test message and for an unreadable message.</param>
/// <param name="Error">Why the message could not be read, as a sentence for the log; null for a readable message.</param>
internal sealed record StorageEventMessage(IReadOnlyList<StorageEvent> Events, string? Error = null)
{
    /// <summary>Whether this is the test message that S3 sends when notifications are configured.</summary>
    public bool IsTest { get; init; }

    internal static StorageEventMessage Unreadable(string error) => new([], error);
}
