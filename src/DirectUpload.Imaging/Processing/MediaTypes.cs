namespace DirectUpload.Imaging.Processing;

/// <summary>The media types of the formats.</summary>
internal static class MediaTypes
{
    public static string Of(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.Webp => "image/webp",
        ImageFormat.Avif => "image/avif",
        ImageFormat.Gif => "image/gif",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format is unknown."),
    };
}
