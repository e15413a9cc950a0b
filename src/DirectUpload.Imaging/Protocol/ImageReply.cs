namespace DirectUpload.Imaging.Protocol;

/// <summary>The answer to a job. If it has no failure, one frame with the bytes of each variant follows.</summary>
/// <remarks>The reason is the message of the decoder, for the log. Width and height are those of the upright image.</remarks>
internal sealed record ImageReply(
    ImageFailure Failure, string? Reason, int Width, int Height, int Frames, string? ThumbHash, IReadOnlyList<VariantReply> Variants);

/// <summary>One variant, in the order of the job.</summary>
internal sealed record VariantReply(ImageFormat Format, int Width, int Height);

/// <summary>Why an image has no variants.</summary>
internal enum ImageFailure
{
    None,
    Unreadable,
    Unsupported,
    TooManyPixels,
    TooManyFrames,
    OutOfMemory,
}
