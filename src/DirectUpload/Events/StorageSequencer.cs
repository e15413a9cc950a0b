namespace DirectUpload.Events;

/// <summary>S3's mark of order among the events of one key: hexadecimal texts, of which the shorter counts as if zeros followed it. Those of different keys say nothing about each other.</summary>
/// <param name="Text">As the event has it.</param>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</remarks>
public readonly record struct StorageSequencer(string Text) : IComparable<StorageSequencer>
{
    /// <summary>Earlier events come first.</summary>
    public int CompareTo(StorageSequencer other)
    {
        var length = Math.Max(Text.Length, other.Text.Length);
        return string.CompareOrdinal(Padded(Text, length), Padded(other.Text, length));
    }

    /// <summary>Whether the left is the earlier one.</summary>
    public static bool operator <(StorageSequencer left, StorageSequencer right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is the later one.</summary>
    public static bool operator >(StorageSequencer left, StorageSequencer right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is not the later one.</summary>
    public static bool operator <=(StorageSequencer left, StorageSequencer right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is not the earlier one.</summary>
    public static bool operator >=(StorageSequencer left, StorageSequencer right) => left.CompareTo(right) >= 0;

    private static string Padded(string text, int length) => text.ToUpperInvariant().PadRight(length, '0');
}
