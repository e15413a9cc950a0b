using System.Globalization;

namespace DirectUpload.Uploads;

/// <summary>
/// Every attempt to process an upload copies to a key of its own: <c>42.png</c>, then <c>42-2.png</c>. A copy that comes late, from somebody who
/// lost the lease, or from a request that storage finished after it was given up, thus never lands on what is served.
/// </summary>
internal static class FinalKeys
{
    /// <summary>The final key for an attempt, counted from 1, given a record of any other attempt.</summary>
    public static string OfAttempt(UploadRecord record, int attempt)
    {
        if (record.FinalKey == record.StagingKey)
            return record.FinalKey;
        var end = ExtensionStart(record.FinalKey);
        var stem = record.FinalKey[..(end - Suffix(record.Attempts).Length)];
        return stem + Suffix(attempt) + record.FinalKey[end..];
    }

    /// <summary>The keys that earlier attempts may have left something at.</summary>
    public static IEnumerable<string> OfEarlierAttempts(UploadRecord record) =>
        record.FinalKey == record.StagingKey ? [] : Enumerable.Range(1, Math.Max(0, record.Attempts - 1)).Select(attempt => OfAttempt(record, attempt));

    private static string Suffix(int attempt) => attempt <= 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-{attempt}");

    private static int ExtensionStart(string key)
    {
        var dot = key.LastIndexOf('.');
        return dot > key.LastIndexOf('/') ? dot : key.Length;
    }
}
