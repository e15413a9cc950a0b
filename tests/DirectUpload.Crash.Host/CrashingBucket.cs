using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload.Crash.Host;

/// <summary>A bucket with a fault point before and after each call.</summary>
internal sealed class CrashingBucket(IUploadBucket bucket, FaultPoints points) : IUploadBucket
{
    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default) =>
        points.AroundAsync($"s3: head {Kind(key)}", () => bucket.HeadAsync(key, cancellationToken));

    public Task<Stream?> OpenReadAsync(string key, string eTag, long offset, long length, CancellationToken cancellationToken = default) =>
        points.AroundAsync($"s3: read {Kind(key)}", () => bucket.OpenReadAsync(key, eTag, offset, length, cancellationToken));

    public Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken = default) =>
        points.AroundAsync("s3: copy", () => bucket.TryCopyAsync(copy, cancellationToken));

    public Task PutAsync(string key, string contentType, Stream content, ObjectSettings settings, CancellationToken cancellationToken = default) =>
        points.AroundAsync("s3: put derivative", async () =>
        {
            await bucket.PutAsync(key, contentType, content, settings, cancellationToken);
            return true;
        });

    public Task SetAclAsync(string key, string? versionId, string acl, CancellationToken cancellationToken = default) =>
        points.AroundAsync("s3: set acl", async () =>
        {
            await bucket.SetAclAsync(key, versionId, acl, cancellationToken);
            return true;
        });

    public IAsyncEnumerable<ListedObject> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        points.Pass("s3: list, before");
        return bucket.ListAsync(prefix, cancellationToken);
    }

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, CancellationToken cancellationToken = default)
    {
        points.Pass("s3: list, before");
        return bucket.ListKeysAsync(prefix, cancellationToken);
    }

    public IAsyncEnumerable<UnfinishedMultipart> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken = default) =>
        bucket.ListUnfinishedAsync(prefix, cancellationToken);

    public Task<string> BeginAsync(string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken = default) =>
        points.AroundAsync("s3: begin parts", () => bucket.BeginAsync(key, contentType, settings, partChecksums, cancellationToken));

    public Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken = default) =>
        points.AroundAsync("s3: list parts", () => bucket.ListPartsAsync(key, multipartId, cancellationToken));

    public Task<bool> TryCompleteAsync(string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken = default) =>
        points.AroundAsync("s3: complete parts", () => bucket.TryCompleteAsync(key, multipartId, parts, onlyIfNew, cancellationToken));

    public Task AbortAsync(UnfinishedMultipart multipart, CancellationToken cancellationToken = default) => bucket.AbortAsync(multipart, cancellationToken);

    public Task SetLifecycleAsync(StagingLifecycle lifecycle, CancellationToken cancellationToken = default) => bucket.SetLifecycleAsync(lifecycle, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        points.AroundAsync($"s3: delete {Kind(key)}", async () =>
        {
            await bucket.DeleteAsync(key, cancellationToken);
            return true;
        });

    private static string Kind(string key) => key.StartsWith("staging/", StringComparison.Ordinal) ? "staging" : "final";
}
