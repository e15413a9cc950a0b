using System.Globalization;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Confirmation;

/// <summary>Verifies the parts of a multipart upload and completes it.</summary>
/// <remarks>
/// Only the application completes a multipart upload; no client has a URL for it. Each part is therefore compared with the record before an
/// object exists. The calls can be repeated and can run concurrently.
/// </remarks>
internal sealed class MultipartCompleter(UploadBuckets buckets)
{
    private const int MaxListedParts = 5;

    /// <summary>Completes the multipart upload if every part is stored and has the granted size.</summary>
    /// <param name="record">The record of the upload.</param>
    /// <param name="sent">
    /// The ETags of the parts that the client has sent, by number; required if the client chooses the part sizes.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// Why the upload can never be completed, null when it was completed before or lacks parts; and whether this call completed it.
    /// </returns>
    public async Task<(UploadError? Excess, bool IsCompleted)> CompleteAsync(
        UploadRecord record, ReportedParts? sent, CancellationToken cancellationToken)
    {
        if (record.Parts is not { MultipartId: { } multipartId } parts)
            return default;
        var bucket = buckets.Get(record.Bucket);
        var listed = sent?.Take() ?? await bucket.ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false);
        if (listed is not { } stored)
            return default; // Another caller has completed or aborted the multipart upload.
        var chosen = parts.PartSize > 0 ? stored : [.. stored.Where(part => sent?.ETags.ContainsKey(part.Number) == true)];
        if (FindMismatch(record, parts, stored) is { } mismatch)
            return (mismatch, false);
        if (chosen.Count > 0 && chosen.Count == (parts.PartSize > 0 ? parts.GetPartCount(record.DeclaredSize) : sent!.ETags.Count))
        {
            return (null, await bucket.TryCompleteMultipartUploadAsync(
                record.StagingKey, multipartId, chosen, onlyIfNew: record.StagingKey == record.FinalKey,
                cancellationToken).ConfigureAwait(false));
        }

        return default;
    }

    /// <summary>Lists the stored parts and compares them with the grant.</summary>
    /// <param name="record">The record of a multipart upload.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Why the upload can never become ready; null when all parts are within the grant.</returns>
    public async Task<UploadError?> FindExcessAsync(UploadRecord record, CancellationToken cancellationToken) =>
        record.Parts is { MultipartId: { } multipartId } parts
        && await buckets.Get(record.Bucket)
            .ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false) is { } stored
            ? FindMismatch(record, parts, stored)
            : null;

    /// <summary>Describes which parts are missing, in a sentence for the client.</summary>
    /// <returns>The sentence; null when the upload has no parts, or no part is missing.</returns>
    public async Task<string?> DescribeMissingAsync(
        UploadRecord record, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken)
    {
        if (record.Parts is not { MultipartId: { } multipartId } parts)
            return null;
        if (await buckets.Get(record.Bucket)
            .ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false) is not { } stored)
            return "Storage has neither the parts nor the file. If this does not change, request a new upload.";
        if (parts.PartSize == 0 && sent is not { Count: > 0 })
            return "The list of parts is missing. When all parts have been sent, list them as "
                + "{\"parts\":[{\"partNumber\":1,\"etag\":\"…\"}]}.";
        var expected = parts.PartSize == 0 ? sent!.Keys.Order() : Enumerable.Range(1, parts.GetPartCount(record.DeclaredSize));
        var missing = expected.Except(stored.Select(part => part.Number)).ToList();
        if (missing.Count == 0)
            return FindTooSmall(stored.Where(part => expected.Contains(part.Number)).OrderBy(part => part.Number).SkipLast(1));
        var named = string.Join(", ", missing.Take(MaxListedParts)) + (missing.Count > MaxListedParts
            ? string.Create(CultureInfo.InvariantCulture, $" and {missing.Count - MaxListedParts:N0} more")
            : string.Empty);
        return missing.Count == 1
            ? $"Part {named} has not arrived yet. Upload it, then confirm again."
            : $"Parts {named} have not arrived yet. Upload them, then confirm again.";
    }

    /// <summary>Compares the ETags that the client reports with the stored parts, and keeps the list of these for the completion.</summary>
    /// <returns>The difference, as a sentence for the client; null when the ETags match.</returns>
    public async Task<string?> FindConflictAsync(UploadRecord record, ReportedParts sent, CancellationToken cancellationToken)
    {
        if (record.Parts is not { MultipartId: { } multipartId })
            return null;
        var stored = await buckets.Get(record.Bucket)
            .ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false);
        sent.Keep(stored);
        var other = stored?.FirstOrDefault(
            part => sent.ETags.TryGetValue(part.Number, out var eTag) && eTag.Trim('"') != part.ETag.Trim('"'));
        return other is null
            ? null
            : $"Part {other.Number} has another ETag than the client reported. List the parts, send those that differ again, then confirm.";
    }

    // Storage refuses to complete an upload with such a part. The client can correct that; it is not a configuration error.
    private static string? FindTooSmall(IEnumerable<StoredPart> allButLast) =>
        allButLast.FirstOrDefault(part => part.Size < PartLayout.MinPartSize) is { } small
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Part {small.Number} has {small.Size} bytes; every part but the last must have at least {PartLayout.MinPartSize}. "
                + $"Send larger parts, then confirm again.")
            : null;

    // Presigned URLs include the size. This check is for servers that do not enforce it, and for parts that were not granted.
    private static UploadError? FindMismatch(UploadRecord record, UploadParts parts, IReadOnlyList<StoredPart> stored)
    {
        var count = parts.GetPartCount(record.DeclaredSize);
        foreach (var part in stored)
        {
            if (part.Number > count)
                return CreateMismatch($"The upload has {count} parts, but the client sent a part {part.Number}.");
            if (parts.GetPartSize(part.Number, record.DeclaredSize) is { } granted && part.Size != granted)
                return CreateMismatch($"Part {part.Number} has {part.Size} bytes, but the upload requires {granted} bytes.");
        }

        return stored.Sum(part => part.Size) > record.DeclaredSize
            ? CreateMismatch($"The upload allows at most {record.DeclaredSize} bytes, but its parts have more.")
            : null;
    }

    private static UploadError CreateMismatch(FormattableString detail) =>
        new(UploadErrorCodes.Mismatch, $"{detail.ToString(CultureInfo.InvariantCulture)} Request a new upload.");

    /// <summary>Lists the stored parts.</summary>
    /// <returns>The parts; empty when the upload is confirmed, or is not a multipart upload.</returns>
    public async Task<IReadOnlyList<StoredPart>> ListPartsAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (record is not { Status: UploadStatus.Requested, Parts.MultipartId: { } multipartId })
            return [];
        return await buckets.Get(record.Bucket).ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false)
            ?? [];
    }
}
