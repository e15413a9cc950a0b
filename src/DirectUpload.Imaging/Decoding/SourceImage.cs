using System.Globalization;
using DirectUpload.Imaging.Protocol;
using NetVips;

namespace DirectUpload.Imaging.Decoding;

/// <summary>An image file in memory, and what its header says; width and height are those of a frame, upright.</summary>
internal sealed record SourceImage(byte[] Content, ImageFormat Format, int Width, int Height, int Frames, bool HasAlpha)
{
    /// <summary>How much larger than needed an image is decoded: the reduction in the codec is coarse, and the rest is done well.</summary>
    private const int Reserve = 2;

    /// <summary>Reads the header, and compares it with the limits before anything is decoded.</summary>
    public static SourceImage Open(byte[] content, ImageJob job)
    {
        SourceImage image;
        try
        {
            image = Read(content);
        }
        catch (VipsException exception)
        {
            // "…is not in a known format": no loader recognized the first bytes.
            var isUnknown = exception.Message.Contains("is not", StringComparison.Ordinal);
            throw ImageFailureException.From(exception, isUnknown ? ImageFailure.Unsupported : ImageFailure.Unreadable);
        }

        var kept = job.Variants.Any(image.KeepsAnimation) ? image.Frames : 1;
        if ((long)image.Width * image.Height * kept > job.MaxPixels)
            throw new ImageFailureException(ImageFailure.TooManyPixels, $"{image.Width} × {image.Height} pixels × {kept} frames");
        if (image.Frames > job.MaxFrames)
            throw new ImageFailureException(ImageFailure.TooManyFrames, $"{image.Frames} frames");
        return image;
    }

    public bool KeepsAnimation(VariantJob variant) =>
        variant.KeepAnimation && Frames > 1 && GetFormat(variant) is ImageFormat.Webp or ImageFormat.Gif;

    /// <summary>Gets the format of a variant.</summary>
    public ImageFormat GetFormat(VariantJob variant) =>
        variant.Format ?? (Format != ImageFormat.Avif ? Format : HasAlpha ? ImageFormat.Webp : ImageFormat.Jpeg);

    /// <summary>Decodes the image into memory, as it is in the file, and in a reduced size if the codec can.</summary>
    /// <param name="scale">The scale that is needed: at most 1.</param>
    /// <param name="keepAnimation">True for all frames, below each other.</param>
    /// <remarks>
    /// The operations of libvips that read a file line by line hide its errors: what is damaged becomes black. A copy does not.
    /// </remarks>
    public Image Load(double scale, bool keepAnimation = false)
    {
        using var source = Source.NewFromMemory(Content);
        using var image = Image.NewFromSource(
            source, GetLoadOptions(scale, keepAnimation), access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        return image.CopyMemory();
    }

    private string GetLoadOptions(double scale, bool keepAnimation)
    {
        var frames = keepAnimation ? "n=-1" : "";
        var reduction = Math.Min(1, scale * Reserve);
        return Format switch
        {
            ImageFormat.Jpeg => $"[shrink={(reduction <= 1 / 8.0 ? 8 : reduction <= 1 / 4.0 ? 4 : reduction <= 1 / 2.0 ? 2 : 1)}]",
            ImageFormat.Webp => string.Create(CultureInfo.InvariantCulture, $"[scale={reduction:0.######},{frames}]"),
            _ => $"[{frames}]",
        };
    }

    private static SourceImage Read(byte[] content)
    {
        using var source = Source.NewFromMemory(content);
        using var header = Image.NewFromSource(source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        var format = ((string)header.Get("vips-loader")).Split("load")[0] switch
        {
            "jpeg" => ImageFormat.Jpeg,
            "png" => ImageFormat.Png,
            "webp" => ImageFormat.Webp,
            "gif" => ImageFormat.Gif,
            // HEIC, too: both are HEIF, and what one cannot decode is not written either.
            _ => ImageFormat.Avif,
        };
        var isSideways = header.Contains("orientation") && (int)header.Get("orientation") is >= 5 and <= 8;
        var frames = format is ImageFormat.Webp or ImageFormat.Gif && header.Contains("n-pages") ? (int)header.Get("n-pages") : 1;
        var (width, height) = isSideways ? (header.Height, header.Width) : (header.Width, header.Height);
        return new(content, format, width, height, frames, header.HasAlpha());
    }
}
