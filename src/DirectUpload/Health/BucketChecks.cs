using DirectUpload.Presigning;
using DirectUpload.Storage;

namespace DirectUpload.Health;

/// <summary>Holds one check for each bucket that a profile uses. A bucket's connection is opened when it is checked.</summary>
internal sealed class BucketChecks : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    public BucketChecks(
        DirectUploadOptions options, UploadBuckets buckets, IPresignedUploadIssuer issuer, StorageRefusalTracker refusals,
        TimeProvider clock) =>
        All = [.. options.GetUsedBuckets()
            .Select(name => new BucketCheck(new BucketRequirements(name, options), buckets, issuer, refusals, _http, clock))];

    public IReadOnlyList<BucketCheck> All { get; }

    public void Dispose() => _http.Dispose();
}
