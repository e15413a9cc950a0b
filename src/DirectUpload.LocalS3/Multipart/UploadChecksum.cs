using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>The checksum of an upload: chosen when it begins, held to with every part, computed when it is completed.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
internal static class UploadChecksum
{
    public static ChecksumPlan Read(S3Request request)
    {
        var type = request.Setting("x-amz-checksum-type");
        if (type is not (null or StoredChecksum.FullObject or StoredChecksum.Composite))
            throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid.");
        if (ChecksumAlgorithm.Asked(request) is not { } algorithm)
        {
            return type is null
                ? new(ChecksumAlgorithm.Default.Name, StoredChecksum.FullObject, IsAsked: false)
                : throw S3Errors.InvalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }
        // Of a SHA only the parts' can be combined into a composite; of the CRC-64 S3 keeps none but the whole's.
        var refused = !algorithm.IsCrc ? StoredChecksum.FullObject
            : algorithm == ChecksumAlgorithm.Default ? StoredChecksum.Composite : null;
        if (type is not null && type == refused)
            throw S3Errors.InvalidRequest(
                $"The {type} checksum type cannot be used with the {algorithm.Name.ToLowerInvariant()} checksum algorithm.");
        return new(algorithm.Name, type ?? (algorithm == ChecksumAlgorithm.Default ? StoredChecksum.FullObject : StoredChecksum.Composite),
            IsAsked: true);
    }

    public static ChecksumAlgorithm AlgorithmOf(ChecksumPlan plan) => ChecksumAlgorithm.ByName(plan.Algorithm)!;

    /// <summary>A part must come with the checksum that was chosen.</summary>
    public static void RequirePart(ChecksumPlan plan, ChecksumAlgorithm? sent)
    {
        if (plan.IsAsked && sent?.Name != plan.Algorithm)
            throw Mismatch(plan, sent);
    }

    public static S3Exception Mismatch(ChecksumPlan plan, ChecksumAlgorithm? sent) => S3Errors.InvalidRequest(
        $"Checksum Type mismatch occurred, expected checksum Type: {plan.Algorithm.ToLowerInvariant()}, " +
        $"actual checksum Type: {sent?.Name.ToLowerInvariant() ?? "null"}");

    /// <summary>The object's checksum, from its parts'.</summary>
    public static StoredChecksum Combine(ChecksumPlan plan, IReadOnlyList<StoredPart> parts)
    {
        var algorithm = AlgorithmOf(plan);
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
