using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Signs the PUTs of parts: neighbours of one size in one go, each with its exact length.</summary>
internal sealed class PartSigner(IPresignedUploadIssuer issuer, TimeProvider clock)
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <param name="record">An upload in parts that storage has begun.</param>
    /// <param name="numbers">Which parts: each between 1 and the file's count.</param>
    /// <param name="checksums">The SHA-256 of each of them, where the upload goes with checksums; else null.</param>
    /// <param name="lifetime">How long they may be sent.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public ValueTask<SignedParts> SignAsync(
        UploadRecord record, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksums, TimeSpan lifetime, CancellationToken cancellationToken) =>
        checksums is null ? SignRunsAsync(record, numbers, lifetime, cancellationToken) : SignEachAsync(record, numbers, checksums, lifetime, cancellationToken);

    private async ValueTask<SignedParts> SignRunsAsync(UploadRecord record, IReadOnlyList<int> numbers, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var parts = record.Parts!;
        var signed = new SignedPart[numbers.Count];
        var expiresAt = clock.GetUtcNow() + lifetime;
        for (var at = 0; at < numbers.Count;)
        {
            var size = parts.SizeOf(numbers[at], record.ClaimedSize);
            var count = 1;
            while (at + count < numbers.Count && numbers[at + count] == numbers[at] + count && parts.SizeOf(numbers[at + count], record.ClaimedSize) == size)
                count++;
            var run = await issuer.PresignPartsAsync(
                new PartUrlsRequest
                {
                    Bucket = record.Bucket,
                    Key = record.StagingKey,
                    UploadId = parts.MultipartId!,
                    FirstPart = numbers[at],
                    Count = count,
                    ContentLength = size,
                    Lifetime = lifetime,
                },
                cancellationToken).ConfigureAwait(false);
            for (var next = 0; next < count; next++)
                signed[at + next] = new SignedPart(numbers[at + next], size, run.Urls[next], NoHeaders);
            expiresAt = run.ExpiresAt < expiresAt ? run.ExpiresAt : expiresAt;
            at += count;
        }

        return new SignedParts(signed, expiresAt);
    }

    private async ValueTask<SignedParts> SignEachAsync(
        UploadRecord record, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string> checksums, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var parts = record.Parts!;
        var signed = new SignedPart[numbers.Count];
        var expiresAt = clock.GetUtcNow() + lifetime;
        for (var at = 0; at < signed.Length; at++)
        {
            var (number, size) = (numbers[at], parts.SizeOf(numbers[at], record.ClaimedSize));
            var put = await issuer.PresignAsync(
                new PartUrlRequest
                {
                    Bucket = record.Bucket,
                    Key = record.StagingKey,
                    UploadId = parts.MultipartId!,
                    PartNumber = number,
                    ContentLength = size,
                    ChecksumSha256 = checksums[number],
                    Lifetime = lifetime,
                },
                cancellationToken).ConfigureAwait(false);
            signed[at] = new SignedPart(number, size, put.Url, put.Headers);
            expiresAt = put.ExpiresAt < expiresAt ? put.ExpiresAt : expiresAt;
        }

        return new SignedParts(signed, expiresAt);
    }
}
