namespace DirectUpload.Processing.Inspection;

/// <summary>Detects RIFF files, and files of its big-endian predecessor IFF, by the form type at offset 8.</summary>
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
                : form.SequenceEqual("ACON"u8) ? FileFormats.AnimatedCursor
                : form.SequenceEqual("RMID"u8) ? FileFormats.Midi
                : null;
        }

        // Recordings larger than 4 GiB: EBU Tech 3306, ITU-R BS.2088.
        if (head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8))
            return form.SequenceEqual("WAVE"u8) ? FileFormats.Wav : null;
        if (head.StartsWith("FORM"u8))
            return form.SequenceEqual("AIFF"u8) || form.SequenceEqual("AIFC"u8) ? FileFormats.Aiff : null;
        return null;
    }
}
