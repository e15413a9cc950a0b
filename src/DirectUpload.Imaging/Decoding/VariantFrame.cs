using DirectUpload.Imaging.Protocol;
using NetVips;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Crops or pads a reduced image to the box of its variant.</summary>
internal static class VariantFrame
{
    public static Image Fit(Image image, VariantJob variant, ImageFormat format) => (variant.Fit, variant.Width, variant.Height) switch
    {
        (ImageFit.Cover, { } width, { } height) => Crop(image, Math.Min(width, image.Width), Math.Min(height, image.PageHeight)),
        (ImageFit.Contain, { } width, { } height) => Pad(image, width, height, format),
        _ => image.Copy(),
    };

    private static Image Crop(Image image, int width, int height) =>
        OfEachFrame(image, frame => frame.ExtractArea((frame.Width - width) / 2, (frame.Height - height) / 2, width, height));

    private static Image Pad(Image image, int width, int height, ImageFormat format)
    {
        using var transparent = format == ImageFormat.Jpeg || image.HasAlpha() ? image.Copy() : image.AddAlpha();
        double[] background = transparent.HasAlpha() ? [255, 255, 255, 0] : [255, 255, 255];
        return OfEachFrame(transparent, frame => frame.Embed(
            (width - frame.Width) / 2, (height - frame.Height) / 2, width, height, extend: Enums.Extend.Background,
            background: background));
    }

    // The frames of an animation lie below each other in one image.
    private static Image OfEachFrame(Image image, Func<Image, Image> change)
    {
        var height = image.PageHeight;
        if (height == image.Height)
            return change(image);
        var frames = Enumerable.Range(0, image.Height / height).Select(index =>
        {
            using var frame = image.ExtractArea(0, index * height, image.Width, height);
            return change(frame);
        }).ToArray();
        using var joined = Image.Arrayjoin(frames, across: 1);
        var changedHeight = frames[0].Height;
        foreach (var frame in frames)
            frame.Dispose();
        return joined.Mutate(mutable => mutable.Set(GValue.GIntType, "page-height", changedHeight));
    }
}
