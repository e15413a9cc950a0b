using System.Globalization;
using DirectUpload.Confirmation;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Grants once more what has not arrived yet: the whole, or some of its parts. The record knows first, so that nothing is swept away under a URL that works.</summary>
internal sealed class UploadRenewal(
    IUploadRecordStore store, ProfileCatalog profiles, UploadInstructionsIssuer instructions, PartSigner parts, PartsAssembly assembly, UploadRemoval removal, TimeProvider clock)
{
    // S3 lists 1,000 parts at once: up to there each signature of a part whose length is not known costs one look, then each hundredth.
    private const int LookedAtEach = 1000;
    private const int LookedAtEvery = 100;

    public async Task<UploadResult<UploadInstructions>> RenewAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var extended = await ExtendAsync(record, atLeast: null, cancellationToken).ConfigureAwait(false);
        if (!extended.Succeeded)
            return extended.Error;
        var profile = Profile(extended.Value)!;
        var left = Left(extended.Value);
        return await instructions.IssueAsync(extended.Value, profile, cancellationToken, lifetime: left < profile.Lifetime - TimeSpan.FromSeconds(1) ? left : null).ConfigureAwait(false);
    }

    public async Task<UploadResult<SignedParts>> SignPartsAsync(
        UploadRecord record, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksums, CancellationToken cancellationToken)
    {
        if ((FindFault(record, numbers) ?? FindFault(record.Parts!, numbers, checksums)) is { } fault)
            return new UploadError(UploadErrorReason.InvalidRequest, fault);
        if (await EndExcessAsync(record, numbers, cancellationToken).ConfigureAwait(false) is { } excess)
            return excess;
        // A batch in the first half of a grant's time lives as long as the grant; so the record is not written for each of them.
        var extended = await ExtendAsync(record, atLeast: Profile(record)?.Lifetime / 2, cancellationToken).ConfigureAwait(false);
        if (!extended.Succeeded)
            return extended.Error;
        return await parts.SignAsync(extended.Value, numbers, checksums, Left(extended.Value), cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan Left(UploadRecord record) => TimeSpan.FromSeconds(Math.Max(1, Math.Floor((record.GrantExpiresAt - clock.GetUtcNow()).TotalSeconds)));

    // A part whose length is not known is signed without one: what has been sent is the only measure.
    private async Task<UploadError?> EndExcessAsync(UploadRecord record, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        if (record is not { Status: UploadStatus.Requested, Parts.Size: 0 } || !(numbers.Any(number => number <= LookedAtEach || number % LookedAtEvery == 0) || IsToExtend(record))
            || await assembly.FindExcessAsync(record, cancellationToken).ConfigureAwait(false) is not { } excess)
            return null;
        for (UploadRecord? current = record; current?.Status == UploadStatus.Requested; current = await store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false))
        {
            if (await removal.RejectAsync(current, excess, cancellationToken).ConfigureAwait(false) is not null)
                break;
        }

        return new UploadError(UploadErrorReason.Mismatch, excess.Detail);
    }

    private bool IsToExtend(UploadRecord record) => record.GrantExpiresAt - clock.GetUtcNow() < Profile(record)?.Lifetime / 2;

    private static string? FindFault(UploadRecord record, IReadOnlyList<int> numbers)
    {
        if (record.Parts is not { MultipartId: not null } cut)
            return "This upload travels in one piece; renew it as a whole.";
        if (numbers.Count is 0 or > PartNumbers.Most)
            return string.Create(CultureInfo.InvariantCulture, $"partNumbers has {numbers.Count:N0} numbers; ask for 1 to {PartNumbers.Most:N0}.");
        var count = cut.CountOf(record.ClaimedSize);
        var asked = new HashSet<int>(numbers.Count);
        foreach (var number in numbers)
        {
            if (number < 1 || number > count)
            {
                return cut.Size == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"At most {record.ClaimedSize} bytes are taken, which are {count} parts of 5 MiB or more; {number} is not one of them.")
                    : string.Create(CultureInfo.InvariantCulture, $"The file has {count} parts; {number} is not one of them.");
            }

            if (!asked.Add(number))
                return string.Create(CultureInfo.InvariantCulture, $"partNumbers has {number} more than once; ask for each part once.");
        }

        return null;
    }

    private static string? FindFault(UploadParts cut, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksums)
    {
        if (!cut.Checksums)
            return checksums is null ? null : "This upload was requested without part checksums; leave them out.";
        foreach (var number in numbers)
        {
            if (checksums?.GetValueOrDefault(number) is not { } checksum)
                return string.Create(CultureInfo.InvariantCulture, $"This upload was requested with part checksums, and that of part {number} is missing: send the SHA-256 of each part, as base64.");
            if (RequestShape.CheckChecksum(checksum) is { } malformed)
                return malformed.Detail;
        }

        return null;
    }

    private async Task<UploadResult<UploadRecord>> ExtendAsync(UploadRecord record, TimeSpan? atLeast, CancellationToken cancellationToken)
    {
        for (UploadRecord? current = record; current is not null; current = await store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false))
        {
            if (current.Status == UploadStatus.Expired)
                return new UploadError(UploadErrorReason.Expired, "The grant ran out, and so did the time to renew it. Request a new upload.");
            if (current.Status != UploadStatus.Requested)
                return new UploadError(UploadErrorReason.Conflict, $"The upload is {current.Status.ToString().ToLowerInvariant()}; only one that has not arrived yet can be renewed.");
            if (Profile(current) is not { } profile)
                return new UploadError(UploadErrorReason.Conflict, $"There is no profile {Quoted.Text(current.Profile)} any more, so the upload can't go on.");

            var now = clock.GetUtcNow();
            if (current.GrantExpiresAt - now >= atLeast)
                return current;
            var last = current.CreatedAt + (profile.MaxLifetime > profile.Lifetime ? profile.MaxLifetime : profile.Lifetime);
            if (now >= last)
                return new UploadError(UploadErrorReason.Expired, "The upload was requested too long ago to be extended once more. Request a new upload.");
            var expiresAt = now + profile.Lifetime < last ? now + profile.Lifetime : last;
            if (expiresAt <= current.GrantExpiresAt)
                return current;
            if (await store.TryUpdateAsync(
                current with { GrantExpiresAt = expiresAt, DueAt = expiresAt + UploadRemoval.SlowUpload }, cancellationToken).ConfigureAwait(false) is { } extended)
                return extended;
        }

        return new UploadError(UploadErrorReason.NotFound, "There is no such upload any more.");
    }

    private UploadProfile? Profile(UploadRecord record) => profiles.TryGet(record.Profile, out var profile) ? profile : null;
}
