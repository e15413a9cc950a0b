namespace DirectUpload.Imaging;

/// <summary>Specifies the file format of a variant.</summary>
public enum ImageFormat
{
    /// <summary>JPEG (<c>image/jpeg</c>); transparent areas become white.</summary>
    Jpeg,

    /// <summary>PNG (<c>image/png</c>), lossless.</summary>
    Png,

    /// <summary>WebP (<c>image/webp</c>); it may be animated.</summary>
    Webp,

    /// <summary>AVIF (<c>image/avif</c>): the smallest files, but the slowest to create.</summary>
    Avif,

    /// <summary>GIF (<c>image/gif</c>); it may be animated.</summary>
    Gif,
}
