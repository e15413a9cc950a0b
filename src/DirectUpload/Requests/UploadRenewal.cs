using System.Globalization;
using DirectUpload.Cleanup;
using DirectUpload.Confirmation;
using DirectUpload.Lifecycle;
using DirectUpload.Presigning;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Stores;

namespace DirectUpload.Requests;

/// <summary>Signs new URLs for a requested upload, for the whole file or for some of its parts.</summary>
/// <remarks>The record is changed first, so that no object is deleted while a presigned URL is valid.</remarks>
internal sealed class UploadRenewal(
    RecordUpdater records, ProfileCatalog profiles, UploadInstructionsFactory instructions, PartSigner parts, MultipartCompleter completer,
    UploadCleaner cleaner)
{
    // Parts of unknown length are checked when they are signed. S3 lists 1,000 parts per request, so beyond that only each hundredth is
    // checked.
    private const int AlwaysCheckedParts = 1000;
    private const int PartCheckInterval = 100;

    public async Task<UploadResult<UploadInstructions>> RenewAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var extended = await ExtendAsync(record, atLeast: null, cancellationToken).ConfigureAwait(false);
        if (!extended.Succeeded)
            return extended.Error;
        var profile = FindProfile(extended.Value)!;
        var left = GetRemainingLifetime(extended.Value);
        return await instructions.CreateAsync(
            extended.Value, profile, records.Clock.GetUtcNow(), cancellationToken,
            lifetime: left < profile.UploadUrlLifetime - TimeSpan.FromSeconds(1) ? left : null).ConfigureAwait(false);
    }

    public async Task<UploadResult<IReadOnlyList<SignedPart>>> SignPartsAsync(
        UploadRecord record, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksums, CancellationToken cancellationToken)
    {
        if ((FindError(record, numbers) ?? FindError(record.Parts!, numbers, checksums)) is { } error)
            return new UploadError(UploadErrorCodes.InvalidRequest, error);
        if (await RejectExcessAsync(record, numbers, cancellationToken).ConfigureAwait(false) is { } excess)
            return excess;
        // In the first half of a grant's lifetime, URLs expire with the grant, so that the record is not written for each batch.
        var extended = await ExtendAsync(
            record, atLeast: FindProfile(record)?.UploadUrlLifetime / 2, cancellationToken).ConfigureAwait(false);
        if (!extended.Succeeded)
            return extended.Error;
        return new(await parts.SignAsync(
            extended.Value, numbers, checksums, GetRemainingLifetime(extended.Value), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Lists the parts that storage has; the list is empty once the upload is completed.</summary>
    public async Task<UploadResult<IReadOnlyList<StoredPart>>> ListPartsAsync(UploadRecord record, CancellationToken cancellationToken) =>
        new(await completer.ListPartsAsync(record, cancellationToken).ConfigureAwait(false));

    private TimeSpan GetRemainingLifetime(UploadRecord record) =>
        TimeSpan.FromSeconds(Math.Max(1, Math.Floor((record.GrantExpiresAt - records.Clock.GetUtcNow()).TotalSeconds)));

    // A part of unknown length is signed without one, so its size can be checked only after it was uploaded.
    private async Task<UploadError?> RejectExcessAsync(UploadRecord record, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        if (record is not { Status: UploadStatus.Requested, Parts.PartSize: 0 }
            || !(numbers.Any(number => number <= AlwaysCheckedParts || number % PartCheckInterval == 0) || ShouldExtend(record))
            || await completer.FindExcessAsync(record, cancellationToken).ConfigureAwait(false) is not { } excess)
            return null;
        var isRejected = false;
        var rejected = await records.UpdateAsync(
            record, current => (isRejected = current.Status == UploadStatus.Requested) ? new UploadEvent.Rejected(excess) : null,
            cancellationToken).ConfigureAwait(false);
        if (isRejected && rejected is not null)
            await cleaner.TryCleanUpAsync(rejected, cancellationToken).ConfigureAwait(false);
        return new UploadError(UploadErrorCodes.Mismatch, excess.Message);
    }

    private bool ShouldExtend(UploadRecord record) =>
        record.GrantExpiresAt - records.Clock.GetUtcNow() < FindProfile(record)?.UploadUrlLifetime / 2;

    private static string? FindError(UploadRecord record, IReadOnlyList<int> numbers)
    {
        if (record.Parts is not { MultipartId: not null } layout)
            return "This upload is not a multipart upload; renew it as a whole.";
        if (numbers.Count is 0 or > PartNumbers.Max)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"partNumbers has {numbers.Count:N0} numbers; request 1 to {PartNumbers.Max:N0}.");
        }

        var count = layout.GetPartCount(record.DeclaredSize);
        var seen = new HashSet<int>(numbers.Count);
        foreach (var number in numbers)
        {
            if (number < 1 || number > count)
            {
                return layout.PartSize == 0
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"The upload may have at most {record.DeclaredSize} bytes, in at most {count} parts of 5 MiB or more; "
                        + $"part {number} is outside this range.")
                    : string.Create(CultureInfo.InvariantCulture, $"The file has {count} parts; part {number} does not exist.");
            }

            if (!seen.Add(number))
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"partNumbers contains {number} more than once; request each part once.");
            }
        }

        return null;
    }

    private static string? FindError(UploadParts layout, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksums)
    {
        if (!layout.RequiresChecksums)
            return checksums is null ? null : "This upload was requested without part checksums; leave them out.";
        foreach (var number in numbers)
        {
            if (checksums?.GetValueOrDefault(number) is not { } checksum)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"This upload was requested with part checksums, and the checksum of part {number} is missing: "
                    + $"send the SHA-256 of each part, as base64.");
            }

            if (RequestValidator.ValidateChecksum(checksum) is { } malformed)
                return malformed.Message;
        }

        return null;
    }

    private async Task<UploadResult<UploadRecord>> ExtendAsync(UploadRecord record, TimeSpan? atLeast, CancellationToken cancellationToken)
    {
        UploadError? refusal = null;
        var extended = await records.UpdateAsync(
            record,
            current =>
            {
                (var expiresAt, refusal) = GetExtension(current, atLeast);
                return expiresAt is { } later ? new UploadEvent.GrantExtended(later) : null;
            },
            cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        return extended is null ? new UploadError(UploadErrorCodes.NotFound, "The upload no longer exists.") : extended;
    }

    // Returns neither a time nor an error when the grant lasts long enough.
    private (DateTimeOffset? ExpiresAt, UploadError? Refusal) GetExtension(UploadRecord record, TimeSpan? atLeast)
    {
        if (record.Status == UploadStatus.Expired)
        {
            return (null, new UploadError(
                UploadErrorCodes.Expired, "The grant expired, and it can no longer be renewed. Request a new upload."));
        }

        if (record.Status != UploadStatus.Requested)
        {
            return (null, new UploadError(
                UploadErrorCodes.Conflict,
                $"The upload is {record.Status.ToLowerName()}; only a requested upload can be renewed."));
        }

        if (FindProfile(record) is not { } profile)
        {
            return (null, new UploadError(
                UploadErrorCodes.Conflict,
                $"Profile {DisplayText.Quote(record.Profile)} is no longer configured; the upload cannot continue."));
        }

        var now = records.Clock.GetUtcNow();
        if (record.GrantExpiresAt - now >= atLeast)
            return default;
        var last = record.CreatedAt + (profile.MaxUploadDuration > profile.UploadUrlLifetime
            ? profile.MaxUploadDuration
            : profile.UploadUrlLifetime);
        if (now >= last)
        {
            return (null, new UploadError(
                UploadErrorCodes.Expired,
                "The upload has reached its profile's maximum duration and cannot be extended. Request a new upload."));
        }

        var expiresAt = now + profile.UploadUrlLifetime < last ? now + profile.UploadUrlLifetime : last;
        return expiresAt > record.GrantExpiresAt ? (expiresAt, null) : default;
    }

    private UploadProfile? FindProfile(UploadRecord record) => profiles.TryGet(record.Profile, out var profile) ? profile : null;
}
