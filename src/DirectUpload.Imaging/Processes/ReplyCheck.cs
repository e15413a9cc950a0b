using DirectUpload.Imaging.Protocol;

namespace DirectUpload.Imaging.Processes;

/// <summary>Compares a reply with its job.</summary>
internal static class ReplyCheck
{
    private const int MaxThumbHashLength = 64;

    /// <exception cref="InvalidDataException">No correct decoder gives this reply.</exception>
    public static void ThrowIfInvalid(ImageReply reply, ImageJob job)
    {
        if (!(reply.Failure == ImageFailure.None ? IsValid(reply, job) : Enum.IsDefined(reply.Failure) && reply.Variants is []))
            throw new InvalidDataException("The reply does not fit the job.");
    }

    private static bool IsValid(ImageReply reply, ImageJob job) =>
        reply.Width > 0 && reply.Height > 0 && (long)reply.Width * reply.Height <= job.MaxPixels
        && reply.Frames > 0 && reply.Frames <= job.MaxFrames
        && IsValidThumbHash(reply.ThumbHash)
        && reply.Variants.Count == job.Variants.Count
        && reply.Variants.Zip(job.Variants).All(pair => IsValid(pair.First, pair.Second));

    private static bool IsValidThumbHash(string? hash) =>
        hash is null || (hash.Length <= MaxThumbHashLength && Convert.TryFromBase64String(hash, new byte[MaxThumbHashLength], out _));

    private static bool IsValid(VariantReply variant, VariantJob job) =>
        Enum.IsDefined(variant.Format) && (job.Format is null || job.Format == variant.Format)
        && variant.Width > 0 && variant.Height > 0 && variant.Width <= (job.Width ?? int.MaxValue)
        && variant.Height <= (job.Height ?? int.MaxValue);
}
