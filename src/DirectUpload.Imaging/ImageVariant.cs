using DirectUpload.Primitives;

namespace DirectUpload.Imaging;

/// <summary>Represents the settings of one variant, which <see cref="ImageVariants"/> creates from each image.</summary>
/// <remarks>
/// A variant is upright, has the color space sRGB, and carries no metadata: no EXIF, GPS position, XMP, comment or color profile.
/// </remarks>
public sealed class ImageVariant
{
    internal ImageVariant(string name, int? width, int? height) => (Name, Width, Height) = (name, width, height);

    /// <summary>Gets the name of the variant, which <c>?variant=</c> refers to.</summary>
    /// <value>1 to 64 of <c>a-z 0-9 . - _</c>, beginning with a letter or a digit, such as <c>thumb</c>.</value>
    public string Name { get; }

    /// <summary>Gets the maximum width.</summary>
    /// <value>1 to 16,383 pixels; null for no limit.</value>
    [OptionRange(1, 16_383)]
    public int? Width { get; }

    /// <summary>Gets the maximum height.</summary>
    /// <value>1 to 16,383 pixels; null for no limit.</value>
    [OptionRange(1, 16_383)]
    public int? Height { get; }

    /// <summary>Gets or sets how the image fits into <see cref="Width"/> and <see cref="Height"/>.</summary>
    /// <value>The default is <see cref="ImageFit.Inside"/>. The others require both a width and a height.</value>
    public ImageFit Fit { get; set; }

    /// <summary>Gets or sets the file format.</summary>
    /// <value>
    /// Null for the format of the upload, except that HEIC and AVIF become JPEG, or WebP if they are transparent. The default is
    /// <see cref="ImageFormat.Webp"/>, and null for <see cref="ImageVariants.AddOptimizedOriginal"/>.
    /// </value>
    public ImageFormat? Format { get; set; } = ImageFormat.Webp;

    /// <summary>Gets or sets the quality of JPEG, WebP and AVIF.</summary>
    /// <value>1 to 100; higher values make larger files. The default is 80.</value>
    [OptionRange(1, 100)]
    public int Quality { get; set; } = 80;

    /// <summary>Gets or sets a value that indicates whether an animated image stays animated.</summary>
    /// <value>
    /// True to keep the animation of GIF and WebP in a variant that is GIF or WebP; false for its first frame. The default is false, and
    /// true for <see cref="ImageVariants.AddOptimizedOriginal"/>.
    /// </value>
    public bool KeepAnimation { get; set; }
}
