using System.Globalization;
using System.Security.Cryptography;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Makes an object of those parts of an upload that a list names, if the list is right.</summary>
internal static class Assembly
{
    /// <summary>S3's floor for every part but the last: 5 MiB.</summary>
    private const long MinPart = 5 * 1024 * 1024;

    public static StoredObject Assemble(PendingUpload upload, IReadOnlyList<ListedPart> list)
    {
        RequireOrder(upload, list);
        var parts = list.Select(listed => Resolve(upload, listed)).ToList();
        foreach (var part in parts.SkipLast(1).Where(part => part.Size < MinPart))
            throw S3Errors.EntityTooSmall(part.Size, MinPart).With("PartNumber", Text(part.Number)).With("ETag", part.ETag);
        return new()
        {
            Key = upload.Stored.Key,
            Parts = parts,
            Size = parts.Sum(part => part.Size),
            ETag = ETagOf(parts.Select(part => part.ETag)),
            LastModified = upload.Stored.Initiated,
            Attributes = upload.Stored.Attributes,
            Checksum = UploadChecksum.Combine(upload.Stored.Checksum, parts),
            UploadId = upload.Stored.Id,
            Sequence = upload.Stored.Sequence,
        };
    }

    /// <summary>The MD5 of the parts' MD5s, and how many they are.</summary>
    public static string ETagOf(IEnumerable<string> parts)
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
                "The list of parts was not in ascending order. Parts must be ordered by part number.").With("UploadId", upload.Stored.Id);
    }

    private static StoredPart Resolve(PendingUpload upload, ListedPart listed)
    {
        if (!upload.Parts.TryGetValue(listed.Number, out var part) || part.ETag != listed.ETag)
            throw InvalidPart(upload, listed);
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
                throw InvalidPart(upload, listed);
        }
        if (listed.Checksums.Count == 0 && plan is { IsAsked: true, Type: StoredChecksum.Composite })
            throw S3Errors.InvalidRequest(
                $"The upload was created using a {plan.Algorithm.ToLowerInvariant()} checksum. The complete request must include the " +
                $"checksum for each part. It was missing for part {listed.Number} in the request.");
    }

    private static S3Exception InvalidPart(PendingUpload upload, ListedPart listed) => new S3Exception(400, "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may " +
        "not match the part's entity tag.")
        .With("ETag", listed.ETag).With("PartNumber", Text(listed.Number)).With("UploadId", upload.Stored.Id);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
