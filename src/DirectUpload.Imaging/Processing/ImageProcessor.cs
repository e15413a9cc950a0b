using System.Globalization;
using DirectUpload.Imaging.Processes;
using DirectUpload.Imaging.Protocol;
using DirectUpload.Processing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DirectUpload.Imaging.Processing;

/// <summary>Stores the variants that a profile's <see cref="ImageVariants"/> describe, and sets the properties of the image.</summary>
internal sealed class ImageProcessor(
    IOptions<DirectUploadOptions> options, ImageProcessPool? pool = null, ILogger<ImageProcessor>? logger = null) : IUploadProcessor
{
    public const string Name = "image-variants";

    private readonly ImageProcessPool _pool = pool ?? SharedPool.Instance;
    private readonly ILogger _logger = logger ?? NullLogger<ImageProcessor>.Instance;

    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        // A profile may allow other files, too.
        if (!context.Upload.ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase))
            return ProcessingResult.Accept;
        var images = ProfileImages.Get(options.Value.Profiles[context.Upload.Profile]);
        if (context.Size > images.MaxFileSize)
            return Rejections.FileTooLarge(images.MaxFileSize);
        DecodedImage image;
        try
        {
            image = await _pool.DecodeAsync(CreateJob(images), context.OpenReadAsync, context.Size, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DecoderDiedException exception) when (exception.IsCausedByImage)
        {
            _logger.ImageTooComplex(exception, context.Upload.Id);
            return Rejections.Of(ImageFailure.OutOfMemory, images);
        }

        if (image.Reply.Failure != ImageFailure.None)
        {
            var rejected = Rejections.Of(image.Reply.Failure, images);
            _logger.ImageRejected(context.Upload.Id, rejected.Rejection!.Code, image.Reply.Reason ?? "no reason");
            return rejected;
        }

        await StoreAsync(context, image, images, cancellationToken).ConfigureAwait(false);
        return ProcessingResult.Accept;
    }

    private static ImageJob CreateJob(ImageVariants images) => new(
        images.MaxPixels, images.MaxFrames, images.SetThumbHash, [.. images.Variants.Select(variant => new VariantJob(
            variant.Width, variant.Height, variant.Fit, variant.Format, variant.Quality, variant.KeepAnimation))]);

    private static async Task StoreAsync(
        UploadProcessingContext context, DecodedImage image, ImageVariants images, CancellationToken cancellationToken)
    {
        var stored = 0;
        foreach (var (variant, reply, bytes) in images.Variants.Zip(image.Reply.Variants, image.Variants))
        {
            context.ReportProgress($"variants {++stored} of {image.Variants.Count}");
            using var content = new MemoryStream(bytes, writable: false);
            await context.PutVariantAsync(variant.Name, MediaTypes.Of(reply.Format), content, cancellationToken).ConfigureAwait(false);
            SetSize(context, $"{variant.Name}.", reply.Width, reply.Height);
        }

        SetSize(context, "", image.Reply.Width, image.Reply.Height);
        if (image.Reply.Frames > 1)
            context.SetProperty("frames", image.Reply.Frames.ToString(CultureInfo.InvariantCulture));
        if (image.Reply.ThumbHash is { } thumbHash)
            context.SetProperty("thumbhash", thumbHash);
    }

    private static void SetSize(UploadProcessingContext context, string prefix, int width, int height)
    {
        context.SetProperty($"{prefix}width", width.ToString(CultureInfo.InvariantCulture));
        context.SetProperty($"{prefix}height", height.ToString(CultureInfo.InvariantCulture));
    }
}
