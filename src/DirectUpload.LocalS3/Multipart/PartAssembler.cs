using System.Globalization;
using System.Security.Cryptography;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.Primitives;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Creates an object from the listed parts of an upload, if the list is valid.</summary>
internal static class PartAssembler
{
    public static StoredObject Assemble(PendingUpload upload, IReadOnlyList<ListedPart> list)
    {
        RequireOrder(upload, list);
        var parts = list.Select(listed => Resolve(upload, listed)).ToList();
        foreach (var part in parts.SkipLast(1).Where(part => part.Size < S3Limits.MinPartSize))
            throw S3Errors.EntityTooSmall(part.Size, S3Limits.MinPartSize).WithDetail("PartNumber", Format(part.Number))
                .WithDetail("ETag", part.ETag);
        return new()
        {
            Key = upload.Stored.Key,
            Parts = parts,
            Size = parts.Sum(part => part.Size),
            ETag = ComputeETag(parts.Select(part => part.ETag)),
            LastModified = upload.Stored.Initiated,
            Attributes = upload.Stored.Attributes,
            Checksum = UploadChecksum.Combine(upload.Stored.Checksum, parts),
            UploadId = upload.Stored.Id,
            Sequence = upload.Stored.Sequence,
        };
    }

    /// <summary>Returns the MD5 of the parts' MD5s, followed by the number of parts.</summary>
    public static string ComputeETag(IEnumerable<string> parts)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var count = 0;
        for (var part = parts.GetEnumerator(); part.MoveNext(); count++)
            md5.AppendData(Convert.FromHexString(part.Current));
        return $"{Convert.ToHexStringLower(md5.GetHashAndReset())}-{count}";
    }

    private static void RequireOrder(PendingUpload upload, IReadOnlyList<ListedPart> list)
    {
        if (list.Zip(list.Skip(1)).Any(pair => pair.First.Number >= pair.Second.Number))
            throw new S3Exception(400, "InvalidPartOrder",
                "The list of parts was not in ascending order. Parts must be ordered by part number.").WithDetail(
                    "UploadId", upload.Stored.Id);
    }

    private static StoredPart Resolve(PendingUpload upload, ListedPart listed)
    {
        if (!upload.Parts.TryGetValue(listed.Number, out var part) || part.ETag != listed.ETag)
            throw CreateInvalidPartError(upload, listed);
        CheckChecksum(upload, listed, part);
        return part;
    }

    private static void CheckChecksum(PendingUpload upload, ListedPart listed, StoredPart part)
    {
        var plan = upload.Stored.Checksum;
        foreach (var (algorithm, value) in listed.Checksums)
        {
            if (algorithm != plan.Algorithm && plan is { IsAsked: true, Type: StoredChecksum.Composite })
                throw S3Errors.BadDigest($"{algorithm.ToLowerInvariant()}", $" for part {listed.Number}");
            if (algorithm != plan.Algorithm || value != part.Checksum!.Value)
                throw CreateInvalidPartError(upload, listed);
        }
        if (listed.Checksums.Count == 0 && plan is { IsAsked: true, Type: StoredChecksum.Composite })
            throw S3Errors.InvalidRequest(
                $"The upload was created using a {plan.Algorithm.ToLowerInvariant()} checksum. The complete request must include the " +
                $"checksum for each part. It was missing for part {listed.Number} in the request.");
    }

    private static S3Exception CreateInvalidPartError(PendingUpload upload, ListedPart listed) => new S3Exception(400, "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may " +
        "not match the part's entity tag.")
        .WithDetail("ETag", listed.ETag).WithDetail("PartNumber", Format(listed.Number)).WithDetail("UploadId", upload.Stored.Id);

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);
}
