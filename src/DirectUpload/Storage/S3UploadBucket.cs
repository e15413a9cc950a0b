using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>A bucket at Amazon S3 or a compatible server.</summary>
internal sealed class S3UploadBucket : IUploadBucket, IServerCapabilities
{
    private readonly string _bucket;
    private readonly IAmazonS3 _client;
    private readonly long _maxSingleCopySize;
    private readonly StorageCallExecutor _calls;
    private readonly ObjectReader _objects;
    private readonly SingleRequestCopier _singleRequestCopier;
    private readonly MultipartCopier _multipartCopier;
    private readonly MultipartUploads _multipartUploads;
    private readonly ObjectVersions _versions;
    private readonly CapabilityProbe _capabilities;

    /// <summary>Creates the bucket.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="client">The S3 client for the bucket.</param>
    /// <param name="limits">The timeouts of calls; null for the defaults.</param>
    /// <param name="refusals">Records refusals; null to record none.</param>
    /// <param name="largestCopy">The size above which objects are copied in parts, in bytes: CopyObject's limit, except in tests.</param>
    /// <param name="partSize">The size of such a part, in bytes.</param>
    /// <param name="presigned">Sends presigned requests to the bucket; null to send all requests through the client.</param>
    public S3UploadBucket(
        string bucket, IAmazonS3 client, StorageTimeouts? limits = null, StorageRefusalTracker? refusals = null,
        long largestCopy = MultipartCopier.MaxSingleCopySize, long partSize = MultipartCopier.DefaultPartSize,
        PresignedCalls? presigned = null)
    {
        (_bucket, _client, _maxSingleCopySize) = (bucket, client, largestCopy);
        _calls = new StorageCallExecutor(bucket, limits ?? StorageTimeouts.Default, refusals);
        var copySources = new CopySourceReader(bucket, client, _calls);
        _versions = new ObjectVersions(bucket, client, _calls);
        var objectCalls = new ObjectCalls(client, presigned, TimeProvider.System);
        _objects = new ObjectReader(bucket, client, _calls, copySources, _versions, objectCalls);
        _singleRequestCopier = new SingleRequestCopier(bucket, client, _calls, copySources, _objects, objectCalls);
        _multipartCopier = new MultipartCopier(bucket, client, _calls, copySources, partSize);
        _multipartUploads = new MultipartUploads(bucket, client, _calls);
        _capabilities = new CapabilityProbe(bucket, client, _calls, _multipartUploads, _versions);
    }

    public bool VerifiesCopies => _singleRequestCopier.VerifiesCopies;

    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default) =>
        _objects.HeadAsync(key, cancellationToken);

    public Task<Stream?> OpenReadAsync(
        string key, string eTag, long offset, long length, CancellationToken cancellationToken = default) =>
        _objects.OpenReadAsync(key, eTag, offset, length, cancellationToken);

    public Task<ObjectStart?> ReadStartAsync(string key, string eTag, int length, CancellationToken cancellationToken = default) =>
        _objects.ReadStartAsync(key, eTag, length, cancellationToken);

    public Task<CopiedObject?> TryCopyAsync(ConditionalCopy copy, CancellationToken cancellationToken = default) =>
        copy.Size > _maxSingleCopySize
            ? _multipartCopier.TryCopyAsync(copy, cancellationToken)
            : _singleRequestCopier.TryCopyAsync(copy, cancellationToken);

    public Task PutAsync(
        string key, string contentType, Stream content, ObjectSettings settings,
        CancellationToken cancellationToken = default) => _calls.RunAsync(
        new StorageCall(_bucket, "PutObject", key),
        (token, progressed) => _client.PutObjectAsync(
            S3RequestFactory.CreatePut(_bucket, key, contentType, new ReportingStream(content, progressed), settings), token),
        cancellationToken);

    public async IAsyncEnumerable<ListedObject> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _calls.RunAsync(
                "ListObjectsV2", prefix, token => _client.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
                yield return new ListedObject(found.Key, found.Size ?? 0, ToUtc(found.LastModified));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, CancellationToken cancellationToken = default) =>
        _versions.IsVersioningEnabled ? _versions.ListKeysAsync(prefix, cancellationToken) : ListCurrentAsync(prefix, cancellationToken);

    public async IAsyncEnumerable<IncompleteMultipartUpload> ListIncompleteMultipartUploadsAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListMultipartUploadsRequest { BucketName = _bucket, Prefix = prefix };
        ListMultipartUploadsResponse page;
        do
        {
            page = await _calls.RunAsync("ListMultipartUploads", prefix, token =>
                _client.ListMultipartUploadsAsync(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var found in page.MultipartUploads ?? [])
                yield return new IncompleteMultipartUpload(found.Key, found.UploadId, ToUtc(found.Initiated));
            request.KeyMarker = page.NextKeyMarker;
            request.UploadIdMarker = page.NextUploadIdMarker;
        }
        while (page.IsTruncated == true);
    }

    public Task<string> CreateMultipartUploadAsync(
        string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken = default) =>
        _multipartUploads.CreateAsync(key, contentType, settings, partChecksums, cancellationToken);

    public Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken = default) =>
        _multipartUploads.ListPartsAsync(key, multipartId, cancellationToken);

    public Task<bool> TryCompleteMultipartUploadAsync(
        string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken = default) =>
        _multipartUploads.TryCompleteAsync(key, multipartId, parts, onlyIfNew, cancellationToken);

    public Task AbortMultipartUploadAsync(IncompleteMultipartUpload multipart, CancellationToken cancellationToken = default) =>
        _multipartUploads.AbortAsync(multipart, cancellationToken);

    public async Task SetLifecycleAsync(BucketLifecycleRules lifecycle, CancellationToken cancellationToken = default)
    {
        var present = await _calls.RunAsync(
            "GetBucketLifecycleConfiguration", null, token => _client.GetLifecycleConfigurationAsync(_bucket, token),
            cancellationToken).ConfigureAwait(false);
        await _calls.RunAsync(
            "PutBucketLifecycleConfiguration", null,
            token => _client.PutLifecycleConfigurationAsync(LifecycleRequestFactory.CreatePut(
                _bucket, present.Configuration?.Rules ?? [], lifecycle), token), cancellationToken).ConfigureAwait(false);
    }

    public Task SetAclAsync(string key, string? versionId, string acl, CancellationToken cancellationToken = default) => _calls.RunAsync(
        "PutObjectAcl", key,
        token => _client.PutObjectAclAsync(
            new PutObjectAclRequest { BucketName = _bucket, Key = key, VersionId = versionId, ACL = S3CannedACL.FindValue(acl) }, token),
        cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => _versions.DeleteAsync(key, cancellationToken);

    public Task<bool> ProtectsInPlacePartsAsync(string key, CancellationToken cancellationToken = default) =>
        _capabilities.ProtectsInPlacePartsAsync(key, cancellationToken);

    public Task<bool> HonorsConditionalWritesAsync(string key, CancellationToken cancellationToken = default) =>
        _capabilities.HonorsConditionalWritesAsync(key, cancellationToken);

    public Task<bool?> HasCorsRulesAsync(CancellationToken cancellationToken = default) =>
        _capabilities.HasCorsRulesAsync(cancellationToken);

    public Exception Translate(string operation, string key, HttpStatusCode status, string? code) =>
        _calls.Translate(
            new StorageCall(_bucket, operation, key),
            StorageErrorTranslator.FromResponse(new StorageCall(_bucket, operation, key), status, code, null, null));

    private async IAsyncEnumerable<string> ListCurrentAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            yield return found.Key;
    }

    private static DateTimeOffset ToUtc(DateTime? time) => new((time ?? DateTime.UnixEpoch).ToUniversalTime());
}
