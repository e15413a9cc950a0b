namespace DirectUpload.Uploads;

internal static class Utf16
{
    /// <summary>Whether a text holds half of a surrogate pair: such a text has no UTF-8 form, and encoders would replace it silently.</summary>
    public static bool HoldsHalfASurrogatePair(string text)
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
