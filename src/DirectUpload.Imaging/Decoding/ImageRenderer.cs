using DirectUpload.Imaging.Protocol;
using NetVips;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Creates the variants of one image.</summary>
/// <remarks>
/// The image is decoded once, as large as the largest variant needs it, and its animation once more. Reduced variants are made from the
/// largest one of them.
/// </remarks>
internal static class ImageRenderer
{
    /// <exception cref="ImageFailureException">The image is beyond the limits, or cannot be decoded.</exception>
    public static (ImageReply Reply, IReadOnlyList<byte[]> Variants) Render(byte[] content, ImageJob job)
    {
        // libvips appends messages to those of the image before, until an exception reads them.
        _ = new VipsException("");
        var source = SourceImage.Open(content, job);
        try
        {
            using var frames = job.Variants.Any(source.KeepsAnimation) ? source.Load(1, keepAnimation: true) : null;
            using var image = source.Load(GetScale(source, job));
            using var reduced = Reduce(image, GetLargestReduced(source, job)).CopyMemory();
            var replies = new List<VariantReply>();
            var variants = new List<byte[]>();
            foreach (var variant in job.Variants)
            {
                var format = source.GetFormat(variant);
                var original = source.KeepsAnimation(variant) ? frames! : IsReduced(variant) ? reduced : image;
                using var resized = Reduce(original, VariantSize.Of(source, variant));
                using var fitted = VariantFrame.Fit(resized, variant, format);
                variants.Add(Encoder.Encode(fitted, format, variant.Quality));
                replies.Add(new VariantReply(format, fitted.Width, fitted.PageHeight));
            }

            var thumbHash = job.SetThumbHash ? Convert.ToBase64String(ThumbHash.Create(reduced)) : null;
            return (new ImageReply(ImageFailure.None, null, source.Width, source.Height, source.Frames, thumbHash, replies), variants);
        }
        catch (Exception exception) when (exception is VipsException or OutOfMemoryException)
        {
            throw ImageFailureException.From(exception, ImageFailure.Unreadable);
        }
    }

    /// <summary>Gets the size of the largest reduced variant, or of the ThumbHash.</summary>
    private static VariantSize GetLargestReduced(SourceImage source, ImageJob job) =>
        job.Variants.Where(variant => IsReduced(variant) && !source.KeepsAnimation(variant)).Append(ThumbHash.Box)
            .Select(variant => VariantSize.Of(source, variant)).MaxBy(size => size.Pixels);

    /// <summary>Gets the scale in which the image is decoded: 1 if a variant has its full size.</summary>
    private static double GetScale(SourceImage source, ImageJob job) =>
        job.Variants.Any(variant => !IsReduced(variant) && !source.KeepsAnimation(variant))
            ? 1
            : (double)GetLargestReduced(source, job).Width / source.Width;

    private static bool IsReduced(VariantJob variant) => (variant.Width ?? variant.Height) is not null;

    /// <summary>Turns an image upright, converts it to sRGB and reduces it.</summary>
    private static Image Reduce(Image image, VariantSize size) =>
        image.ThumbnailImage(size.Width, height: size.Height, size: Enums.Size.Force, outputProfile: "srgb");
}
