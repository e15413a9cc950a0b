using System.Globalization;
using DirectUpload.Imaging.Protocol;
using DirectUpload.Processing;

namespace DirectUpload.Imaging.Processing;

/// <summary>Creates the rejections of images: the code, what is wrong, and what to do.</summary>
internal static class Rejections
{
    public static ProcessingResult FileTooLarge(long maxSize) => Create(
        ImageErrorCodes.TooLarge,
        $"The image is larger than {maxSize} bytes. Save it with a lower quality or fewer pixels, and upload it again.");

    public static ProcessingResult Of(ImageFailure failure, ImageVariants images) => failure switch
    {
        ImageFailure.TooManyPixels => Create(
            ImageErrorCodes.TooLarge, $"The image has more than {images.MaxPixels} pixels. Reduce its size, and upload it again."),
        ImageFailure.TooManyFrames => Create(
            ImageErrorCodes.TooManyFrames,
            $"The image has more than {images.MaxFrames} frames. Shorten the animation, and upload it again."),
        ImageFailure.Unsupported => Create(
            ImageErrorCodes.Unsupported,
            $"The format of this image is not supported. Save it as JPEG, PNG, WebP, GIF or AVIF, and upload the new file."),
        ImageFailure.OutOfMemory => Create(
            ImageErrorCodes.TooComplex,
            $"The image could not be decoded within the limits of time and memory. Save it in another program, and upload the new file."),
        _ => Create(ImageErrorCodes.Unreadable, $"The image is damaged. Save it again, and upload the new file."),
    };

    private static ProcessingResult Create(string code, FormattableString detail) =>
        ProcessingResult.Reject(code, detail.ToString(CultureInfo.InvariantCulture));
}
