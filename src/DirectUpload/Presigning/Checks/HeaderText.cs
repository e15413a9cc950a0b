using System.Buffers;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning.Checks;

/// <summary>Finds header values that HTTP or S3 cannot transmit, in requests of clients and in responses of S3.</summary>
internal static class HeaderText
{
    // Nearly all header values consist of these characters; spaces need further checks.
    private static readonly SearchValues<char> VisibleCharacters =
        SearchValues.Create(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).ToArray());

    /// <summary>Finds the error in a signed header or form field, which must arrive exactly as it was signed.</summary>
    /// <param name="name">The name of the setting or header, with which the error message starts.</param>
    /// <param name="value">The value; null when the header is not sent.</param>
    /// <returns>The error message; null when the value is valid.</returns>
    public static string? FindError(string name, string? value) =>
        value is null || (value.Length > 0 && !value.AsSpan().ContainsAnyExcept(VisibleCharacters)) ? null : FindUncommonError(name, value);

    /// <summary>Finds the error in the value of a response header of S3.</summary>
    /// <remarks>The value is part of the query, so spaces and Latin-1 characters are valid.</remarks>
    /// <param name="name">The name of the setting, with which the error message starts.</param>
    /// <param name="value">The value; null when the header is not overridden.</param>
    /// <returns>The error message; null when the value is valid.</returns>
    public static string? FindResponseHeaderError(string name, string? value)
    {
        if (value is null)
            return null;
        if (value.Length == 0)
            return $"{name} is empty; set a value, or null to override nothing.";
        foreach (var c in value)
        {
            if (c > 'ÿ' || char.IsControl(c))
                return $"{name} is {DisplayText.Quote(value)}, which holds the character U+{(int)c:X4}; "
                    + "S3 sends response headers in ISO-8859-1 without control characters. "
                    + "Write other letters of a file name as filename*.";
        }

        return null;
    }

    /// <exception cref="ArgumentException">The error message is not null.</exception>
    public static void ThrowIfError(string? error)
    {
        if (error is not null)
            throw new ArgumentException(error);
    }

    private static string? FindUncommonError(string name, string value)
    {
        if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') is >= 0 and var unprintable)
            return $"{name} is {DisplayText.Quote(value)}, which holds the character U+{(int)value[unprintable]:X4}; "
                + "headers carry printable US-ASCII only. Percent-encode or remove it.";
        if (value.Length == 0)
            return $"{name} is empty; set a value, or null to send nothing.";
        return value[0] == ' ' || value[^1] == ' ' || value.Contains("  ", StringComparison.Ordinal)
            ? $"{name} is {DisplayText.Quote(value)}, with a space at its beginning or end, or two in a row; "
                + "HTTP trims and folds spaces, which breaks the signature. Remove them."
            : null;
    }
}
