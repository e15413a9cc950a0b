namespace DirectUpload.Confirmation;

/// <summary>RIFF and its big-endian ancestor IFF: four letters, a length, and four letters for what is inside.</summary>
internal static class RiffContent
{
    public static FileFormat? Detect(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
            return null;
        var form = head[8..12];
        if (head.StartsWith("RIFF"u8))
        {
            return form.SequenceEqual("WEBP"u8) ? FileFormats.WebP
                : form.SequenceEqual("WAVE"u8) ? FileFormats.Wav
                : form.SequenceEqual("AVI "u8) ? FileFormats.Avi
                : null;
        }

        // Recordings past 4 GiB: EBU Tech 3306, ITU-R BS.2088.
        if (head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8))
            return form.SequenceEqual("WAVE"u8) ? FileFormats.Wav : null;
        if (head.StartsWith("FORM"u8))
            return form.SequenceEqual("AIFF"u8) || form.SequenceEqual("AIFC"u8) ? FileFormats.Aiff : null;
        return null;
    }
}
