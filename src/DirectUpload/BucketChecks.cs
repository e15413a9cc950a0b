using DirectUpload.Signing;
using DirectUpload.Storage;

namespace DirectUpload;

/// <summary>One check for each bucket that a profile uses. Buckets are opened when they are checked.</summary>
internal sealed class BucketChecks : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    public BucketChecks(DirectUploadOptions options, UploadBuckets buckets, IPresignedUploadIssuer issuer, StorageRefusals refusals, TimeProvider clock) =>
        All = [.. options.UsedBuckets().Select(name => new BucketCheck(new BucketNeeds(name, options), buckets, issuer, refusals, _http, clock))];

    public IReadOnlyList<BucketCheck> All { get; }

    public void Dispose() => _http.Dispose();
}
