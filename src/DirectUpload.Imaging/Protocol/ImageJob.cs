namespace DirectUpload.Imaging.Protocol;

/// <summary>What the separate process does with one image. The frame with the image's bytes follows.</summary>
internal sealed record ImageJob(
    long MaxPixels, int MaxFrames, bool SetThumbHash, IReadOnlyList<VariantJob> Variants);

/// <summary>One variant of a job; the size of the image itself when width and height are null.</summary>
internal sealed record VariantJob(int? Width, int? Height, ImageFit Fit, ImageFormat? Format, int Quality, bool KeepAnimation);
