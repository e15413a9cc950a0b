using DirectUpload.Storage;

namespace DirectUpload.Crash.Host;

/// <summary>A bucket with a fault point before and after each call.</summary>
internal sealed class CrashingBucket(IUploadBucket bucket, FaultPoints points) : IUploadBucket
{
    public bool VerifiesCopies => bucket.VerifiesCopies;

    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default) =>
        points.AroundAsync($"s3: head {GetKeyKind(key)}", () => bucket.HeadAsync(key, cancellationToken));

    public Task<Stream?> OpenReadAsync(string key, string eTag, long offset, long length, CancellationToken cancellationToken = default) =>
        points.AroundAsync($"s3: read {GetKeyKind(key)}", () => bucket.OpenReadAsync(key, eTag, offset, length, cancellationToken));

    public Task<ObjectStart?> ReadStartAsync(string key, string eTag, int length, CancellationToken cancellationToken = default) =>
        points.AroundAsync($"s3: read start of {GetKeyKind(key)}", () => bucket.ReadStartAsync(key, eTag, length, cancellationToken));

    public Task<CopiedObject?> TryCopyAsync(ConditionalCopy copy, CancellationToken cancellationToken = default) =>
        points.AroundAsync(
            copy.SourceETag is null ? "s3: copy unverified" : "s3: copy", () => bucket.TryCopyAsync(copy, cancellationToken));

    public Task PutAsync(
        string key, string contentType, Stream content, ObjectSettings settings, CancellationToken cancellationToken = default) =>
        points.AroundAsync("s3: put variant", async () =>
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

    public IAsyncEnumerable<IncompleteMultipartUpload> ListIncompleteMultipartUploadsAsync(
        string prefix, CancellationToken cancellationToken = default) =>
        bucket.ListIncompleteMultipartUploadsAsync(prefix, cancellationToken);

    public Task<string> CreateMultipartUploadAsync(
        string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken = default) =>
        points.AroundAsync(
            "s3: begin parts", () => bucket.CreateMultipartUploadAsync(key, contentType, settings, partChecksums, cancellationToken));

    public Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken = default) =>
        points.AroundAsync("s3: list parts", () => bucket.ListPartsAsync(key, multipartId, cancellationToken));

    public Task<bool> TryCompleteMultipartUploadAsync(
        string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken = default) =>
        points.AroundAsync(
            "s3: complete parts", () => bucket.TryCompleteMultipartUploadAsync(key, multipartId, parts, onlyIfNew, cancellationToken));

    public Task AbortMultipartUploadAsync(IncompleteMultipartUpload multipart, CancellationToken cancellationToken = default) =>
        bucket.AbortMultipartUploadAsync(multipart, cancellationToken);

    public Task SetLifecycleAsync(BucketLifecycleRules lifecycle, CancellationToken cancellationToken = default) =>
        bucket.SetLifecycleAsync(lifecycle, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        points.AroundAsync($"s3: delete {GetKeyKind(key)}", async () =>
        {
            await bucket.DeleteAsync(key, cancellationToken);
            return true;
        });

    private static string GetKeyKind(string key) => key.StartsWith("staging/", StringComparison.Ordinal) ? "staging" : "final";
}
