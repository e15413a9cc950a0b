using DirectUpload.Imaging.Processes;
using DirectUpload.Imaging.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Imaging.Tests.Images;

/// <summary>Decodes images with processes of its own.</summary>
public sealed class DecoderFixture : IDisposable
{
    private static readonly VariantJob Thumb = new(100, 100, ImageFit.Inside, ImageFormat.Webp, 80, KeepAnimation: false);

    internal ImageProcessPool Pool { get; } = CreatePool(new ImagingOptions());

    internal static ImageProcessPool CreatePool(ImagingOptions options) => new(options, TimeProvider.System, NullLogger.Instance);

    internal static ImageJob CreateJob(params VariantJob[] variants) =>
        new(120_000_000, 1_000, SetThumbHash: true, variants.Length > 0 ? variants : [Thumb]);

    internal static VariantJob CreateVariant(
        int? width = null, int? height = null, ImageFit fit = ImageFit.Inside, ImageFormat? format = ImageFormat.Png,
        bool keepAnimation = false) => new(width, height, fit, format, 80, keepAnimation);

    internal Task<DecodedImage> DecodeAsync(byte[] content, params VariantJob[] variants) =>
        DecodeAsync(Pool, content, CreateJob(variants));

    internal static Task<DecodedImage> DecodeAsync(ImageProcessPool pool, byte[] content, ImageJob job) =>
        pool.DecodeAsync(job, _ => Task.FromResult<Stream>(new MemoryStream(content)), content.Length, CancellationToken.None);

    public void Dispose() => Pool.Dispose();
}
