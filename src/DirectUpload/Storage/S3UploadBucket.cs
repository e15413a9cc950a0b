using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>A bucket at S3, or at anything that speaks its protocol.</summary>
internal sealed class S3UploadBucket : IUploadBucket, IServerCapabilities
{
    private readonly string _bucket;
    private readonly IAmazonS3 _client;
    private readonly long _largestCopy;
    private readonly StorageCalls _calls;
    private readonly BucketPresence _presence;
    private readonly CopySources _sources;
    private readonly WholeCopies _wholeCopies;
    private readonly LargeCopies _largeCopies;
    private readonly Multiparts _multiparts;
    private readonly Versions _versions;
    private readonly CapabilityProbe _capabilities;

    /// <param name="bucket">Its name.</param>
    /// <param name="client">How it is reached.</param>
    /// <param name="limits">How long calls may take; null for the defaults.</param>
    /// <param name="refusals">Where refusals are noted; null for nowhere.</param>
    /// <param name="largestCopy">The size in bytes above which copies go part by part: CopyObject's limit, except in tests.</param>
    /// <param name="partSize">The size in bytes of such a part.</param>
    public S3UploadBucket(
        string bucket, IAmazonS3 client, StorageLimits? limits = null, StorageRefusals? refusals = null, long largestCopy = LargeCopies.LargestWhole, long partSize = LargeCopies.UsualPart)
    {
        (_bucket, _client, _largestCopy) = (bucket, client, largestCopy);
        _calls = new StorageCalls(bucket, limits ?? StorageLimits.Default, refusals);
        _presence = new BucketPresence(bucket, client, _calls, TimeProvider.System);
        _sources = new CopySources(bucket, client, _calls);
        _wholeCopies = new WholeCopies(bucket, client, _calls, _sources);
        _largeCopies = new LargeCopies(bucket, client, _calls, _sources, partSize);
        _multiparts = new Multiparts(bucket, client, _calls);
        _versions = new Versions(bucket, client, _calls);
        _capabilities = new CapabilityProbe(bucket, client, _calls, _multiparts);
    }

    public async Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            var head = await _calls.RunAsync(
                "HeadObject", key,
                token => _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED }, token),
                cancellationToken, static answer => IsMissing(answer) || StorageFailures.IsSilent(answer)).ConfigureAwait(false);
            _presence.Confirm();
            _versions.Saw(head.VersionId);
            var encryptedByKms = head.ServerSideEncryptionMethod?.Value?.StartsWith("aws:kms", StringComparison.Ordinal) == true;
            return new StoredObject
            {
                ETag = head.ETag,
                Size = head.ContentLength,
                ContentType = head.Headers.ContentType,
                VersionId = head.VersionId is null or "null" ? null : head.VersionId,
                // A composite checksum covers the parts' checksums, not the bytes.
                ChecksumSha256 = head.ChecksumType == ChecksumType.COMPOSITE ? null : head.ChecksumSHA256,
                ETagIsContentHash = !encryptedByKms && !head.ETag.Contains('-', StringComparison.Ordinal),
            };
        }
        catch (AmazonS3Exception missing) when (IsMissing(missing))
        {
            await _presence.EnsureAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AmazonS3Exception silent) when (StorageFailures.IsSilent(silent))
        {
            throw await ExplainedAsync(key, silent, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<Stream?> OpenReadAsync(string key, string eTag, long offset, long length, CancellationToken cancellationToken = default)
    {
        try
        {
            return await OpenAsync(key, eTag, offset, length, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception changed) when (IsChanged(changed))
        {
            // No proof by itself: there are servers that answer 412 for an object that has not changed.
            if (changed.StatusCode != HttpStatusCode.PreconditionFailed || await _sources.FindAsync(key, null, cancellationToken).ConfigureAwait(false) is not { } found || found.ETag != eTag)
                return null;
        }

        return await OpenAsync(key, eTag: null, offset, length, cancellationToken, mustBe: eTag).ConfigureAwait(false);
    }

    public Task<bool> TryCopyAsync(PinnedCopy copy, CancellationToken cancellationToken = default) =>
        copy.Size > _largestCopy ? _largeCopies.TryCopyAsync(copy, cancellationToken) : _wholeCopies.TryCopyAsync(copy, cancellationToken);

    public Task PutAsync(string key, string contentType, Stream content, ObjectSettings settings, CancellationToken cancellationToken = default) => _calls.RunAsync(
        new StorageCall(_bucket, "PutObject", key),
        (token, progressed) => _client.PutObjectAsync(CopyRequests.Put(_bucket, key, contentType, new ReportingStream(content, progressed), settings), token),
        cancellationToken);

    public async IAsyncEnumerable<ListedObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _calls.RunAsync("ListObjectsV2", prefix, token => _client.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
                yield return new ListedObject(found.Key, found.Size ?? 0, Utc(found.LastModified));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public IAsyncEnumerable<string> ListKeysAsync(string prefix, CancellationToken cancellationToken = default) =>
        _versions.AreKept ? _versions.ListKeysAsync(prefix, cancellationToken) : ListCurrentAsync(prefix, cancellationToken);

    public async IAsyncEnumerable<UnfinishedMultipart> ListUnfinishedAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListMultipartUploadsRequest { BucketName = _bucket, Prefix = prefix };
        ListMultipartUploadsResponse page;
        do
        {
            page = await _calls.RunAsync("ListMultipartUploads", prefix, token => _client.ListMultipartUploadsAsync(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var found in page.MultipartUploads ?? [])
                yield return new UnfinishedMultipart(found.Key, found.UploadId, Utc(found.Initiated));
            request.KeyMarker = page.NextKeyMarker;
            request.UploadIdMarker = page.NextUploadIdMarker;
        }
        while (page.IsTruncated == true);
    }

    public Task<string> BeginAsync(string key, string contentType, ObjectSettings settings, bool partChecksums, CancellationToken cancellationToken = default) =>
        _multiparts.BeginAsync(key, contentType, settings, partChecksums, cancellationToken);

    public Task<IReadOnlyList<StoredPart>?> ListPartsAsync(string key, string multipartId, CancellationToken cancellationToken = default) =>
        _multiparts.ListPartsAsync(key, multipartId, cancellationToken);

    public Task<bool> TryCompleteAsync(string key, string multipartId, IReadOnlyList<StoredPart> parts, bool onlyIfNew, CancellationToken cancellationToken = default) =>
        _multiparts.TryCompleteAsync(key, multipartId, parts, onlyIfNew, cancellationToken);

    public Task AbortAsync(UnfinishedMultipart multipart, CancellationToken cancellationToken = default) => _multiparts.AbortAsync(multipart, cancellationToken);

    public async Task SetLifecycleAsync(StagingLifecycle lifecycle, CancellationToken cancellationToken = default)
    {
        var present = await _calls.RunAsync(
            "GetBucketLifecycleConfiguration", null, token => _client.GetLifecycleConfigurationAsync(_bucket, token), cancellationToken).ConfigureAwait(false);
        await _calls.RunAsync(
            "PutBucketLifecycleConfiguration", null,
            token => _client.PutLifecycleConfigurationAsync(LifecycleRequests.Put(_bucket, present.Configuration?.Rules ?? [], lifecycle), token), cancellationToken).ConfigureAwait(false);
    }

    public Task SetAclAsync(string key, string? versionId, string acl, CancellationToken cancellationToken = default) => _calls.RunAsync(
        "PutObjectAcl", key,
        token => _client.PutObjectAclAsync(new PutObjectAclRequest { BucketName = _bucket, Key = key, VersionId = versionId, ACL = S3CannedACL.FindValue(acl) }, token), cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) => _versions.DeleteAsync(key, cancellationToken);

    public Task<bool> ProtectsInPlacePartsAsync(string key, CancellationToken cancellationToken = default) =>
        _capabilities.ProtectsInPlacePartsAsync(key, cancellationToken);

    public Task<bool> HonorsConditionalWritesAsync(string key, CancellationToken cancellationToken = default) =>
        _capabilities.HonorsConditionalWritesAsync(key, cancellationToken);

    public Task<bool?> HasCorsRulesAsync(CancellationToken cancellationToken = default) => _capabilities.HasCorsRulesAsync(cancellationToken);

    public Exception Translated(string operation, string key, HttpStatusCode status, string? code) =>
        _calls.Translated(new StorageCall(_bucket, operation, key), StorageFailures.OfAnswer(new StorageCall(_bucket, operation, key), status, code, null, null));

    // A HEAD is refused without a code; a GET is refused for the same reason, with its code: an expired token is renewed, a missing permission is not.
    private async Task<Exception> ExplainedAsync(string key, AmazonS3Exception silent, CancellationToken cancellationToken)
    {
        using var got = await _calls.RunAsync(
            "HeadObject", key, token => _client.GetObjectAsync(new GetObjectRequest { BucketName = _bucket, Key = key, ByteRange = new ByteRange(0, 0) }, token), cancellationToken).ConfigureAwait(false);
        return _calls.Translated(new StorageCall(_bucket, "HeadObject", key), silent);
    }

    private async Task<Stream?> OpenAsync(string key, string? eTag, long offset, long length, CancellationToken cancellationToken, string? mustBe = null)
    {
        var get = await _calls.RunAsync(
            "GetObject", key,
            token => _client.GetObjectAsync(new GetObjectRequest { BucketName = _bucket, Key = key, EtagToMatch = eTag, ByteRange = new ByteRange(offset, offset + length - 1) }, token),
            cancellationToken, IsChanged).ConfigureAwait(false);
        if (mustBe is null || get.ETag == mustBe)
            return new BoundedStream(get.ResponseStream, _calls, new StorageCall(_bucket, "GetObject", key));
        get.Dispose();
        return null;
    }

    private async IAsyncEnumerable<string> ListCurrentAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            yield return found.Key;
    }

    private static bool IsMissing(AmazonS3Exception answer) => answer.StatusCode == HttpStatusCode.NotFound && answer.ErrorCode != "NoSuchBucket";

    private static bool IsChanged(AmazonS3Exception answer) => answer.StatusCode == HttpStatusCode.PreconditionFailed || IsMissing(answer);

    private static DateTimeOffset Utc(DateTime? time) => new((time ?? DateTime.UnixEpoch).ToUniversalTime());
}
