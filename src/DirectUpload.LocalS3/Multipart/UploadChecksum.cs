using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Selects the checksum when an upload starts, requires it for every part, and computes it at completion.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
internal static class UploadChecksum
{
    public static ChecksumPlan Read(S3Request request)
    {
        var type = request.GetSetting("x-amz-checksum-type");
        if (type is not (null or StoredChecksum.FullObject or StoredChecksum.Composite))
            throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid.");
        if (ChecksumAlgorithm.FromRequest(request) is not { } algorithm)
        {
            return type is null
                ? new(ChecksumAlgorithm.Default.Name, StoredChecksum.FullObject, IsAsked: false)
                : throw S3Errors.InvalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }
        // The checksums of SHA parts can only form a composite; for CRC-64/NVME S3 stores only the checksum of the whole object.
        var refused = !algorithm.IsCrc ? StoredChecksum.FullObject
            : algorithm == ChecksumAlgorithm.Default ? StoredChecksum.Composite : null;
        if (type is not null && type == refused)
            throw S3Errors.InvalidRequest(
                $"The {type} checksum type cannot be used with the {algorithm.Name.ToLowerInvariant()} checksum algorithm.");
        return new(algorithm.Name, type ?? (algorithm == ChecksumAlgorithm.Default ? StoredChecksum.FullObject : StoredChecksum.Composite),
            IsAsked: true);
    }

    public static ChecksumAlgorithm GetAlgorithm(ChecksumPlan plan) => ChecksumAlgorithm.FindByName(plan.Algorithm)!;

    /// <summary>Requires the selected checksum algorithm for a part.</summary>
    public static void CheckPart(ChecksumPlan plan, ChecksumAlgorithm? sent)
    {
        if (plan.IsAsked && sent?.Name != plan.Algorithm)
            throw CreateMismatchError(plan, sent);
    }

    public static S3Exception CreateMismatchError(ChecksumPlan plan, ChecksumAlgorithm? sent) => S3Errors.InvalidRequest(
        $"Checksum Type mismatch occurred, expected checksum Type: {plan.Algorithm.ToLowerInvariant()}, " +
        $"actual checksum Type: {sent?.Name.ToLowerInvariant() ?? "null"}");

    /// <summary>Computes the object's checksum from the checksums of its parts.</summary>
    public static StoredChecksum Combine(ChecksumPlan plan, IReadOnlyList<StoredPart> parts)
    {
        var algorithm = GetAlgorithm(plan);
        var values = parts.Select(part => (Value: Convert.FromBase64String(part.Checksum!.Value), part.Size)).ToList();
        if (plan.Type == StoredChecksum.FullObject)
        {
            var whole = values.Aggregate((all, next) => (algorithm.Combine(all.Value, next.Value, next.Size), all.Size + next.Size));
            return new(plan.Algorithm, Convert.ToBase64String(whole.Value), plan.Type);
        }
        using var hash = algorithm.Create();
        foreach (var (value, _) in values)
            hash.Append(value);
        return new(plan.Algorithm, $"{Convert.ToBase64String(hash.Finish())}-{parts.Count}", plan.Type);
    }
}
