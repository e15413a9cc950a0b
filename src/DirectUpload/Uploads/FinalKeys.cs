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

    /// <summary>The key of an object that an attempt puts beside its final object: <c>42-2.thumbnail.webp</c>.</summary>
    /// <exception cref="ArgumentException">The name is none, or the key would be that of the content itself.</exception>
    public static string OfDerivative(UploadRecord record, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_'))
            throw new ArgumentException($"A derivative's name has 1 to 64 of a-z, 0-9, '.', '-' and '_', beginning with a letter or a digit; \"{name}\" has not.", nameof(name));
        var key = DerivativePrefix(record) + name;
        return key != record.FinalKey && key != record.StagingKey
            ? key
            : throw new ArgumentException($"\"{name}\" would be the key of the content itself; choose a name with a word of its own, such as \"thumbnail.webp\".", nameof(name));
    }

    /// <summary>What the keys of all that one attempt puts beside its final object begin with; that of the final object may, too.</summary>
    public static string DerivativePrefix(UploadRecord record)
    {
        var stem = record.FinalKey[..ExtensionStart(record.FinalKey)];
        // In place, attempts share the final key; what they make must not be shared.
        var attempt = record.FinalKey == record.StagingKey ? Suffix(record.Attempts) : string.Empty;
        return $"{stem}{attempt}.";
    }

    /// <summary>What the keys of all of an upload's final objects and derivatives begin with: the final key up to the end of the id.</summary>
    public static string Prefix(UploadRecord record) => UpToId(record, record.FinalKey);

    /// <summary>What the key of its staging object begins with.</summary>
    public static string StagingPrefix(UploadRecord record) => UpToId(record, record.StagingKey);

    private static string UpToId(UploadRecord record, string key)
    {
        var id = record.Id.ToString();
        return key[..(key.LastIndexOf(id, StringComparison.Ordinal) + id.Length)];
    }

    private static string Suffix(int attempt) => attempt <= 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-{attempt}");

    private static int ExtensionStart(string key)
    {
        var dot = key.LastIndexOf('.');
        return dot > key.LastIndexOf('/') ? dot : key.Length;
    }
}
