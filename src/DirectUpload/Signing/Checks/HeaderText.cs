using System.Buffers;
using DirectUpload.Profiles;

namespace DirectUpload.Signing.Checks;

/// <summary>Finds what HTTP or S3 cannot carry in a header's value, whether a client sends it or S3 answers with it.</summary>
internal static class HeaderText
{
    // A header's value as it nearly always is; spaces need a second look.
    private static readonly SearchValues<char> Visible = SearchValues.Create(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).ToArray());

    /// <summary>Finds the fault of a value that a client sends as a signed header or form field: it must arrive exactly as it was signed.</summary>
    /// <param name="name">The name of the setting or header, with which the message begins.</param>
    /// <param name="value">Its value; null is not sent.</param>
    /// <returns>A sentence; null without a fault.</returns>
    public static string? FindFault(string name, string? value) =>
        value is null || (value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Visible)) ? null : FindUnusual(name, value);

    /// <summary>Finds the fault of a value that S3 answers with. It travels in the query, so spaces and Latin-1 letters are no fault.</summary>
    /// <param name="name">The name of the setting, with which the message begins.</param>
    /// <param name="value">Its value; null overrides nothing.</param>
    /// <returns>A sentence; null without a fault.</returns>
    public static string? FindServedFault(string name, string? value)
    {
        if (value is null)
            return null;
        if (value.Length == 0)
            return $"{name} is empty; set a value, or null to override nothing.";
        foreach (var c in value)
        {
            if (c > 'ÿ' || char.IsControl(c))
                return $"{name} is {Quoted.Text(value)}, which holds the character U+{(int)c:X4}; S3 answers with ISO-8859-1 without control characters. Write other letters of a file name as filename*.";
        }

        return null;
    }

    /// <exception cref="ArgumentException">There is a fault.</exception>
    public static void ThrowIf(string? fault)
    {
        if (fault is not null)
            throw new ArgumentException(fault);
    }

    private static string? FindUnusual(string name, string value)
    {
        if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') is >= 0 and var unprintable)
            return $"{name} is {Quoted.Text(value)}, which holds the character U+{(int)value[unprintable]:X4}; headers carry printable US-ASCII only. Percent-encode or remove it.";
        if (value.Length == 0)
            return $"{name} is empty; set a value, or null to send nothing.";
        return value[0] == ' ' || value[^1] == ' ' || value.Contains("  ", StringComparison.Ordinal)
            ? $"{name} is {Quoted.Text(value)}, with a space at its beginning or end, or two in a row; HTTP trims and folds spaces, which breaks the signature. Remove them."
            : null;
    }
}
