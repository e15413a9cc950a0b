using DirectUpload.Presigning;
using DirectUpload.Storage;

namespace DirectUpload.Health;

/// <summary>
/// Checks one bucket: whether uploads work, which requests storage refuses, and which required features the server lacks.
/// </summary>
internal sealed class BucketCheck(
    BucketRequirements needs, UploadBuckets buckets, IPresignedUploadIssuer issuer, StorageRefusalTracker refusals, HttpClient http,
    TimeProvider clock)
{
    private readonly MissingCapabilities _missingCapabilities = new(needs, issuer, http, clock);

    public string Bucket => needs.Bucket;

    private string Component => $"bucket {needs.Bucket}";

    /// <summary>Finds the bucket's issues; returns an empty list when there are none.</summary>
    public async Task<IReadOnlyList<UploadHealthIssue>> FindIssuesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bucket = buckets.Get(needs.Bucket);
            foreach (var settings in needs.StagingSettings)
                await new StorageProbe(needs.Bucket, bucket, issuer, http, needs.UsesClientEndpoint, needs.StagingPrefix, settings)
                    .RunAsync(cancellationToken).ConfigureAwait(false);
            var missing = await _missingCapabilities.FindAsync(bucket, cancellationToken).ConfigureAwait(false);
            return
            [
                .. refusals.GetRecent(needs.Bucket).Select(refusal => new UploadHealthIssue(Component, refusal.Message, refusal)),
                .. missing.Select(capability => new UploadHealthIssue(Component, capability, null, IsDegradation: true)),
            ];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return [new UploadHealthIssue(Component, fault.Message, fault)];
        }
    }
}
