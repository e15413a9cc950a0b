namespace DirectUpload.Primitives;

/// <summary>Checks whether text is valid Unicode.</summary>
internal static class UnicodeText
{
    /// <summary>Returns whether a text has an unpaired surrogate. It has no UTF-8 form, and encoders would replace it silently.</summary>
    public static bool HasUnpairedSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (!char.IsSurrogatePair(text, at))
                return true;
            at++;
        }

        return false;
    }
}
