using DirectUpload.Presigning;
using DirectUpload.Stores;

namespace DirectUpload.Requests;

/// <summary>Signs the PUT requests of parts, each with its exact length. Consecutive parts of equal size are signed together.</summary>
internal sealed class PartSigner(IPresignedUploadIssuer issuer)
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>Signs parts.</summary>
    /// <param name="record">The record of a multipart upload that storage has begun.</param>
    /// <param name="numbers">The numbers of the parts, each from 1 to the number of parts.</param>
    /// <param name="checksums">The SHA-256 of each part by its number; null if the upload was requested without part checksums.</param>
    /// <param name="lifetime">The lifetime of the URLs.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signed parts, in the order of the numbers.</returns>
    public ValueTask<IReadOnlyList<SignedPart>> SignAsync(
        UploadRecord record, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksums, TimeSpan lifetime,
        CancellationToken cancellationToken) =>
        checksums is null
            ? SignRangesAsync(record, numbers, lifetime, cancellationToken)
            : SignIndividuallyAsync(record, numbers, checksums, lifetime, cancellationToken);

    private async ValueTask<IReadOnlyList<SignedPart>> SignRangesAsync(
        UploadRecord record, IReadOnlyList<int> numbers, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var parts = record.Parts!;
        var signed = new SignedPart[numbers.Count];
        for (var at = 0; at < numbers.Count;)
        {
            var size = parts.GetPartSize(numbers[at], record.DeclaredSize);
            var count = 1;
            while (at + count < numbers.Count && numbers[at + count] == numbers[at] + count
                && parts.GetPartSize(numbers[at + count], record.DeclaredSize) == size)
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
                signed[at + next] = new SignedPart(numbers[at + next], size, run.Urls[next], NoHeaders, run.ExpiresAt);
            at += count;
        }

        return signed;
    }

    private async ValueTask<IReadOnlyList<SignedPart>> SignIndividuallyAsync(
        UploadRecord record, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string> checksums, TimeSpan lifetime,
        CancellationToken cancellationToken)
    {
        var parts = record.Parts!;
        var signed = new SignedPart[numbers.Count];
        for (var at = 0; at < signed.Length; at++)
        {
            var (number, size) = (numbers[at], parts.GetPartSize(numbers[at], record.DeclaredSize));
            var request = MultipartUrlRequest.UploadPart(record.StagingKey, parts.MultipartId!, number, size, checksums[number]);
            request.Bucket = record.Bucket;
            request.Lifetime = lifetime;
            var put = await issuer.PresignAsync(request, cancellationToken).ConfigureAwait(false);
            signed[at] = new SignedPart(number, size, put.Url, put.Headers, put.ExpiresAt);
        }

        return signed;
    }
}
