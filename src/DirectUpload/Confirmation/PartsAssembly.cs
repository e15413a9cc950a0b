using System.Globalization;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload.Confirmation;

/// <summary>
/// Makes an object of the parts of an upload. Completing is ours alone: no client ever holds a URL for it, so nothing becomes an object before each part has been held to
/// the record. May be repeated, and done from many sides at once.
/// </summary>
internal sealed class PartsAssembly(UploadBuckets buckets)
{
    private const int MostNamed = 5;

    /// <summary>Completes the multipart upload if every part is there and has its size.</summary>
    /// <param name="record">The upload.</param>
    /// <param name="sent">The parts that its client has sent: where the client cut the file, nobody else knows how many there are.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Why that can never be; null when it was done, was done already, or has to wait for parts.</returns>
    public async Task<UploadFailure?> AssembleAsync(UploadRecord record, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken)
    {
        if (record.Parts is not { MultipartId: { } multipartId } parts)
            return null;
        var bucket = buckets.Get(record.Bucket);
        if (await bucket.ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false) is not { } stored)
            return null; // by somebody else, whose object is at the key now; or it was aborted, and nothing is
        var chosen = parts.Size > 0 ? stored : [.. stored.Where(part => sent?.ContainsKey(part.Number) == true)];
        if (FindMismatch(record, parts, stored) is { } mismatch)
            return mismatch;
        if (chosen.Count > 0 && chosen.Count == (parts.Size > 0 ? parts.CountOf(record.ClaimedSize) : sent!.Count))
            await bucket.TryCompleteAsync(record.StagingKey, multipartId, chosen, onlyIfNew: record.StagingKey == record.FinalKey, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Lists what has been sent so far, and finds what the grant never allowed.</summary>
    /// <param name="record">An upload in parts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Why the upload can never become ready; null when all parts are within the grant.</returns>
    public async Task<UploadFailure?> FindExcessAsync(UploadRecord record, CancellationToken cancellationToken) =>
        record.Parts is { MultipartId: { } multipartId } parts
        && await buckets.Get(record.Bucket).ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false) is { } stored
            ? FindMismatch(record, parts, stored)
            : null;

    /// <summary>Which parts have not arrived, in a sentence for their sender; null when the upload has no parts, or lacks none.</summary>
    public async Task<string?> DescribeMissingAsync(UploadRecord record, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken)
    {
        if (record.Parts is not { MultipartId: { } multipartId } parts)
            return null;
        if (await buckets.Get(record.Bucket).ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false) is not { } stored)
            return "Storage has neither the parts nor the file. If it stays so, request a new upload.";
        if (parts.Size == 0 && sent is not { Count: > 0 })
            return "Say which parts the file consists of, as {\"parts\":[{\"partNumber\":1,\"etag\":\"…\"}]}, when all have been sent.";
        var whole = parts.Size == 0 ? sent!.Keys.Order() : Enumerable.Range(1, parts.CountOf(record.ClaimedSize));
        var missing = whole.Except(stored.Select(part => part.Number)).ToList();
        if (missing.Count == 0)
            return FindTooSmall(stored.Where(part => whole.Contains(part.Number)).OrderBy(part => part.Number).SkipLast(1));
        var named = string.Join(", ", missing.Take(MostNamed)) + (missing.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {missing.Count - MostNamed:N0} more") : string.Empty);
        return missing.Count == 1
            ? $"Part {named} has not arrived yet. Upload it, then confirm again."
            : $"Parts {named} have not arrived yet. Upload them, then confirm again.";
    }

    /// <summary>What a client believes to have sent and storage has otherwise, in a sentence for it; null when they agree, as far as both know.</summary>
    public async Task<string?> FindConflictAsync(UploadRecord record, IReadOnlyDictionary<int, string> sent, CancellationToken cancellationToken)
    {
        if (record.Parts is not { MultipartId: { } multipartId })
            return null;
        var stored = await buckets.Get(record.Bucket).ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false) ?? [];
        var other = stored.FirstOrDefault(part => sent.TryGetValue(part.Number, out var eTag) && eTag.Trim('"') != part.ETag.Trim('"'));
        return other is null ? null : $"Part {other.Number} is not the one that you have sent. List the parts, send what differs again, then confirm.";
    }

    // Storage refuses to complete such an upload; that is for its client to mend, and no fault of the configuration.
    private static string? FindTooSmall(IEnumerable<StoredPart> allButLast) =>
        allButLast.FirstOrDefault(part => part.Size < PartSizes.Smallest) is { } small
            ? string.Create(CultureInfo.InvariantCulture, $"Part {small.Number} has {small.Size} bytes; every part but the last must have at least {PartSizes.Smallest}. Send larger parts, then confirm again.")
            : null;

    // Sizes are signed, so this is for servers that don't hold a client to them, and for parts that nobody was granted.
    private static UploadFailure? FindMismatch(UploadRecord record, UploadParts parts, IReadOnlyList<StoredPart> stored)
    {
        var count = parts.CountOf(record.ClaimedSize);
        foreach (var part in stored)
        {
            if (part.Number > count)
                return Mismatch($"The file has {count} parts, and a part {part.Number} arrived.");
            if (parts.SizeOf(part.Number, record.ClaimedSize) is { } granted && part.Size != granted)
                return Mismatch($"Part {part.Number} has {part.Size} bytes; {granted} were granted.");
        }

        return stored.Sum(part => part.Size) > record.ClaimedSize ? Mismatch($"At most {record.ClaimedSize} bytes are taken, and the parts have more.") : null;
    }

    private static UploadFailure Mismatch(FormattableString detail) => new(UploadVerifier.Mismatch, $"{detail.ToString(CultureInfo.InvariantCulture)} Request a new upload.");
}
