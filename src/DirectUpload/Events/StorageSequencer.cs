namespace DirectUpload.Events;

/// <summary>Orders the events of one key by the hexadecimal string that S3 assigns to each event.</summary>
/// <param name="Value">The value, as in the event.</param>
/// <remarks>
/// The shorter of two values is padded with zeros on the right. Sequencers of different keys are not comparable.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
/// </remarks>
internal readonly record struct StorageSequencer(string Value) : IComparable<StorageSequencer>
{
    /// <summary>Compares two sequencers; the earlier event comes first.</summary>
    public int CompareTo(StorageSequencer other)
    {
        var length = Math.Max(Value.Length, other.Value.Length);
        return string.CompareOrdinal(Pad(Value, length), Pad(other.Value, length));
    }

    /// <summary>Returns whether the left event is earlier.</summary>
    public static bool operator <(StorageSequencer left, StorageSequencer right) => left.CompareTo(right) < 0;

    /// <summary>Returns whether the left event is later.</summary>
    public static bool operator >(StorageSequencer left, StorageSequencer right) => left.CompareTo(right) > 0;

    /// <summary>Returns whether the left event is not later.</summary>
    public static bool operator <=(StorageSequencer left, StorageSequencer right) => left.CompareTo(right) <= 0;

    /// <summary>Returns whether the left event is not earlier.</summary>
    public static bool operator >=(StorageSequencer left, StorageSequencer right) => left.CompareTo(right) >= 0;

    private static string Pad(string text, int length) => text.ToUpperInvariant().PadRight(length, '0');
}
