using DirectUpload.Signing;
using DirectUpload.Storage;

namespace DirectUpload;

/// <summary>Checks one bucket: that uploads work, what storage refuses at present, and what the profiles need and the server lacks.</summary>
internal sealed class BucketCheck(BucketNeeds needs, UploadBuckets buckets, IPresignedUploadIssuer issuer, StorageRefusals refusals, HttpClient http, TimeProvider clock)
{
    private readonly MissingCapabilities _missing = new(needs, issuer, http, clock);

    public string Bucket => needs.Bucket;

    private string Part => $"bucket {needs.Bucket}";

    /// <summary>What does not work; empty when all does.</summary>
    public async Task<IReadOnlyList<UploadHealthFault>> FindFaultsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bucket = buckets.Get(needs.Bucket);
            foreach (var settings in needs.StagingWrites)
                await new StorageProbe(needs.Bucket, bucket, issuer, http, needs.IsReachedAsByClients, needs.StagingPrefix, settings).TryAsync(cancellationToken).ConfigureAwait(false);
            var lacking = await _missing.FindAsync(bucket, cancellationToken).ConfigureAwait(false);
            return
            [
                .. refusals.Of(needs.Bucket).Select(refusal => new UploadHealthFault(Part, refusal.Message, refusal)),
                .. lacking.Select(lack => new UploadHealthFault(Part, lack, null) { IsDegradation = true }),
            ];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return [new UploadHealthFault(Part, fault.Message, fault)];
        }
    }
}
