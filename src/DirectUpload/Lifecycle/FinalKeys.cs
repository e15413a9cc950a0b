using System.Globalization;
using DirectUpload.Stores;

namespace DirectUpload.Lifecycle;

/// <summary>Creates the final keys of processing attempts and of variants.</summary>
/// <remarks>
/// Every attempt copies to a key of its own: <c>42.png</c>, then <c>42-2.png</c>. So a late copy, from a worker that lost its lease or from
/// a request that was abandoned, never overwrites the object that is served.
/// </remarks>
internal static class FinalKeys
{
    /// <summary>Creates the final key for an attempt, counted from 1, from the record of any attempt.</summary>
    public static string CreateForAttempt(UploadRecord record, int attempt)
    {
        if (record.FinalKey == record.StagingKey || record.KeepsFinalObject)
            return record.FinalKey;
        var end = FindExtensionStart(record.FinalKey);
        var stem = record.FinalKey[..(end - GetAttemptSuffix(record.Attempts).Length)];
        return stem + GetAttemptSuffix(attempt) + record.FinalKey[end..];
    }

    /// <summary>Creates the key of a variant of the current attempt, such as <c>42-2.thumbnail.webp</c>.</summary>
    /// <exception cref="ArgumentException">The name is invalid, or its key is that of the final or the staging object.</exception>
    public static string CreateForVariant(UploadRecord record, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterOrDigit(name[0])
            || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_'))
        {
            throw new ArgumentException(
                $"\"{name}\" is not a valid variant name. Use 1 to 64 of a-z, 0-9, '.', '-' and '_', beginning with a letter or a digit.",
                nameof(name));
        }

        var key = GetVariantPrefix(record) + name;
        return key != record.FinalKey && key != record.StagingKey
            ? key
            : throw new ArgumentException(
                $"A variant named \"{name}\" would overwrite the upload's own object; choose a distinct name, such as \"thumbnail.webp\".",
                nameof(name));
    }

    /// <summary>Gets the key prefix of the current attempt's variants; the key of its final object may have this prefix too.</summary>
    public static string GetVariantPrefix(UploadRecord record)
    {
        var stem = record.FinalKey[..FindExtensionStart(record.FinalKey)];
        // In place, and after a decision, attempts share the final key, but their variants must have keys of their own.
        var attempt = record.FinalKey == record.StagingKey || record.KeepsFinalObject ? GetAttemptSuffix(record.Attempts) : string.Empty;
        return $"{stem}{attempt}.";
    }

    /// <summary>Gets the key prefix of all final objects and variants of an upload: the final key up to the end of the id.</summary>
    public static string GetPrefix(UploadRecord record) => GetPrefixThroughId(record, record.FinalKey);

    /// <summary>Gets the key prefix of an upload's staging object.</summary>
    public static string GetStagingPrefix(UploadRecord record) => GetPrefixThroughId(record, record.StagingKey);

    private static string GetPrefixThroughId(UploadRecord record, string key)
    {
        var id = record.Id.ToString();
        return key[..(key.LastIndexOf(id, StringComparison.Ordinal) + id.Length)];
    }

    private static string GetAttemptSuffix(int attempt) =>
        attempt <= 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-{attempt}");

    private static int FindExtensionStart(string key)
    {
        var dot = key.LastIndexOf('.');
        return dot > key.LastIndexOf('/') ? dot : key.Length;
    }
}
