using System.Globalization;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Grants once more what has not arrived yet: the whole, or some of its parts. The record knows first, so that nothing is swept away under a URL that works.</summary>
internal sealed class UploadRenewal(IUploadRecordStore store, ProfileCatalog profiles, UploadInstructionsIssuer instructions, PartSigner parts, TimeProvider clock)
{
    public async Task<UploadResult<UploadInstructions>> RenewAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var extended = await ExtendAsync(record, atLeast: null, cancellationToken).ConfigureAwait(false);
        return extended.Succeeded
            ? await instructions.IssueAsync(extended.Value, Profile(extended.Value)!, cancellationToken).ConfigureAwait(false)
            : extended.Error;
    }

    public async Task<UploadResult<SignedParts>> SignPartsAsync(
        UploadRecord record, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksums, CancellationToken cancellationToken)
    {
        if ((FindFault(record, numbers) ?? FindFault(record.Parts!, numbers, checksums)) is { } fault)
            return new UploadError(UploadErrorReason.InvalidRequest, fault);
        // A batch in the first half of a grant's time lives as long as the grant; so the record is not written for each of them.
        var extended = await ExtendAsync(record, atLeast: Profile(record)?.Lifetime / 2, cancellationToken).ConfigureAwait(false);
        if (!extended.Succeeded)
            return extended.Error;
        var left = extended.Value.GrantExpiresAt - clock.GetUtcNow();
        return await parts.SignAsync(extended.Value, numbers, checksums, TimeSpan.FromSeconds(Math.Max(1, Math.Floor(left.TotalSeconds))), cancellationToken).ConfigureAwait(false);
    }

    private static string? FindFault(UploadRecord record, IReadOnlyList<int> numbers)
    {
        if (record.Parts is not { MultipartId: not null } cut)
            return "This upload travels in one piece; renew it as a whole.";
        if (numbers.Count is 0 or > PartNumbers.Most)
            return string.Create(CultureInfo.InvariantCulture, $"partNumbers has {numbers.Count:N0} numbers; ask for 1 to {PartNumbers.Most:N0}.");
        var count = cut.CountOf(record.ClaimedSize);
        var strange = numbers.FirstOrDefault(number => number < 1 || number > count);
        return numbers.All(number => number >= 1 && number <= count) ? null : string.Create(CultureInfo.InvariantCulture, $"The file has {count} parts; {strange} is none of them.");
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
            var expiresAt = now + profile.Lifetime;
            if (await store.TryUpdateAsync(
                current with { GrantExpiresAt = expiresAt, DueAt = expiresAt + Confirmation.UploadRemoval.SlowUpload }, cancellationToken).ConfigureAwait(false) is { } extended)
                return extended;
        }

        return new UploadError(UploadErrorReason.NotFound, "There is no such upload any more.");
    }

    private UploadProfile? Profile(UploadRecord record) => profiles.TryGet(record.Profile, out var profile) ? profile : null;
}
