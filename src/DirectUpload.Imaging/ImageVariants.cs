using DirectUpload.Primitives;

namespace DirectUpload.Imaging;

/// <summary>Represents the variants of a profile's images, and the limits of images from which variants are created.</summary>
/// <remarks>An image beyond a limit is rejected.</remarks>
public sealed class ImageVariants
{
    private readonly List<ImageVariant> _variants = [];

    internal ImageVariants()
    {
    }

    /// <summary>Gets or sets the maximum number of pixels of an image.</summary>
    /// <value>
    /// 1 to 2,000,000,000 pixels: width times height, and times the number of frames where a variant keeps the animation. The default is
    /// 120,000,000.
    /// </value>
    [OptionRange(1, 2_000_000_000)]
    public long MaxPixels { get; set; } = 120_000_000;

    /// <summary>Gets or sets the maximum number of frames of an animated image.</summary>
    /// <value>1 to 100,000 frames. The default is 1,000.</value>
    [OptionRange(1, 100_000)]
    public int MaxFrames { get; set; } = 1_000;

    /// <summary>Gets or sets the maximum size of a file.</summary>
    /// <value>1 to 1,073,741,824 bytes. The default is 67,108,864 (64 MiB). The separate process holds the file in memory.</value>
    [OptionRange(1, 1L << 30)]
    public long MaxFileSize { get; set; } = 64L << 20;

    /// <summary>Gets or sets a value that indicates whether the property <c>thumbhash</c> is set.</summary>
    /// <value>
    /// True to set it to a ThumbHash in Base64: about 25 bytes that a page decodes to a blurred placeholder. The default is true.
    /// </value>
    /// <remarks>Source: https://evanw.github.io/thumbhash/</remarks>
    public bool SetThumbHash { get; set; } = true;

    /// <summary>Gets the variants in the order in which they were added.</summary>
    /// <value>The default is empty: images are checked, and their properties are set.</value>
    public IReadOnlyList<ImageVariant> Variants => _variants;

    /// <summary>Adds a variant with a maximum width and height.</summary>
    /// <param name="name">
    /// The name of the variant: 1 to 64 of <c>a-z 0-9 . - _</c>, beginning with a letter or a digit, such as <c>thumb</c>.
    /// </param>
    /// <param name="width">The maximum width: 1 to 16,383 pixels.</param>
    /// <param name="height">The maximum height: 1 to 16,383 pixels; null for no limit.</param>
    /// <param name="configure">Sets fit, format, quality and animation; null for the defaults.</param>
    /// <returns>The same instance.</returns>
    /// <exception cref="ArgumentException">
    /// The name is invalid or already added, or a fit other than <see cref="ImageFit.Inside"/> has no height.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The width, the height or the quality is out of range.</exception>
    public ImageVariants Add(string name, int width, int? height = null, Action<ImageVariant>? configure = null) =>
        Add(new ImageVariant(name, width, height), configure);

    /// <summary>Adds a variant that has the size of the upload, but no metadata.</summary>
    /// <param name="name">The name of the variant, such as <c>optimized</c>.</param>
    /// <param name="configure">Sets format, quality and animation; null for the format of the upload and its animation.</param>
    /// <returns>The same instance.</returns>
    /// <exception cref="ArgumentException">
    /// The name is invalid or already added, or the fit is not <see cref="ImageFit.Inside"/>.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The quality is out of range.</exception>
    public ImageVariants AddOptimizedOriginal(string name, Action<ImageVariant>? configure = null) =>
        Add(new ImageVariant(name, null, null) { Format = null, KeepAnimation = true }, configure);

    private ImageVariants Add(ImageVariant variant, Action<ImageVariant>? configure)
    {
        ThrowIfInvalidName(variant.Name);
        configure?.Invoke(variant);
        if (OptionBounds.FindErrors(variant).FirstOrDefault() is { } error)
            throw new ArgumentOutOfRangeException(nameof(variant), $"The variant \"{variant.Name}\" is invalid: {error}");
        if (variant.Fit != ImageFit.Inside && (variant.Width is null || variant.Height is null))
        {
            throw new ArgumentException(
                $"The variant \"{variant.Name}\" has the fit {variant.Fit}, which needs a width and a height; this one has "
                + $"{variant.Width?.ToString() ?? "no width"} and {variant.Height?.ToString() ?? "no height"}.",
                nameof(variant));
        }

        _variants.Add(variant);
        return this;
    }

    private void ThrowIfInvalidName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterOrDigit(name[0])
            || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_'))
        {
            throw new ArgumentException(
                $"\"{name}\" is not a valid variant name. Use 1 to 64 of a-z, 0-9, '.', '-' and '_', beginning with a letter or a digit.",
                nameof(name));
        }

        if (_variants.Any(variant => variant.Name == name))
            throw new ArgumentException($"A variant named \"{name}\" is already added; choose a distinct name.", nameof(name));
    }
}
