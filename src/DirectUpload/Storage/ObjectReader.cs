using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Reads the attributes and the bytes of objects.</summary>
internal sealed class ObjectReader(
    string bucket, IAmazonS3 client, StorageCallExecutor calls, CopySourceReader sources, ObjectVersions versions, ObjectCalls objects)
{
    private readonly BucketPresence _presence = new(bucket, client, calls, TimeProvider.System);

    /// <inheritdoc cref="IUploadBucket.HeadAsync"/>
    public async Task<StoredObject?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var head = await calls.RunAsync(
                "HeadObject", key,
                token => client.GetObjectMetadataAsync(
                    new GetObjectMetadataRequest { BucketName = bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED }, token),
                cancellationToken,
                static answer => IsMissing(answer) || StorageErrorTranslator.HasNoErrorBody(answer)).ConfigureAwait(false);
            _presence.SetExists();
            versions.Observe(head.VersionId);
            return new StoredObject
            {
                ETag = head.ETag,
                Size = head.ContentLength,
                ContentType = head.Headers.ContentType,
                VersionId = head.VersionId is null or "null" ? null : head.VersionId,
                Checksum = ReportedChecksum.Read(head),
                ETagIsContentHash = ETags.IsContentHash(head.ETag, head.ServerSideEncryptionMethod?.Value),
            };
        }
        catch (AmazonS3Exception missing) when (IsMissing(missing))
        {
            await _presence.EnsureAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AmazonS3Exception withoutCode) when (StorageErrorTranslator.HasNoErrorBody(withoutCode))
        {
            throw await ExplainAsync(key, withoutCode, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="IUploadBucket.OpenReadAsync"/>
    public async Task<Stream?> OpenReadAsync(string key, string eTag, long offset, long length, CancellationToken cancellationToken)
    {
        if (await GetAsync(key, eTag, offset, length, IsChanged, cancellationToken).ConfigureAwait(false) is not { } got)
            return null;
        try
        {
            ContentRangeHeader.ThrowIfNotRequested(got.ContentRange, got.ContentLength, offset, length);
            return LimitTime(got, key);
        }
        catch
        {
            got.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="IUploadBucket.ReadStartAsync"/>
    public async Task<ObjectStart?> ReadStartAsync(string key, string eTag, int length, CancellationToken cancellationToken)
    {
        GetObjectResponse? got;
        try
        {
            got = await GetAsync(
                key, eTag, 0, length, static answer => IsChanged(answer) || IsEmpty(answer), cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception empty) when (IsEmpty(empty))
        {
            return await HeadAsync(key, cancellationToken).ConfigureAwait(false) is { } head && head.ETag == eTag
                ? new ObjectStart(head, [])
                : null;
        }

        if (got is null)
            return null;
        using (got)
        {
            var stored = Read(got);
            var bytes = new byte[Math.Min(length, stored.Size)];
            using var content = LimitTime(got, key);
            var count = await content.ReadAtLeastAsync(
                bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return count == bytes.Length
                ? new ObjectStart(stored, bytes)
                : throw new IOException($"Storage returned {count} of {bytes.Length} bytes at offset 0; the content was not inspected.");
        }
    }

    // If storage answers that the object has changed, it is looked at: some servers return 412 for an object that has not.
    private async Task<GetObjectResponse?> GetAsync(
        string key, string eTag, long offset, long length, Func<AmazonS3Exception, bool> expected, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(key, eTag, offset, length, expected, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception changed) when (IsChanged(changed))
        {
            if (changed.StatusCode != HttpStatusCode.PreconditionFailed
                || await sources.FindAsync(key, null, cancellationToken).ConfigureAwait(false) is not { } found || found.ETag != eTag)
                return null;
        }

        var got = await SendAsync(key, eTag: null, offset, length, expected, cancellationToken).ConfigureAwait(false);
        if (got.ETag == eTag)
            return got;
        got.Dispose();
        return null;
    }

    private Task<GetObjectResponse> SendAsync(
        string key, string? eTag, long offset, long length, Func<AmazonS3Exception, bool> expected,
        CancellationToken cancellationToken) => calls.RunAsync(
        "GetObject", key,
        token => objects.GetAsync(
            new GetObjectRequest
            {
                BucketName = bucket,
                Key = key,
                EtagToMatch = eTag,
                ByteRange = new ByteRange(offset, offset + length - 1),
            },
            token),
        cancellationToken, expected);

    private StoredObject Read(GetObjectResponse got)
    {
        _presence.SetExists();
        versions.Observe(got.VersionId);
        return new StoredObject
        {
            ETag = got.ETag,
            // A server that ignores the range returns the whole object.
            Size = ContentRangeHeader.ReadTotal(got.ContentRange) ?? got.ContentLength,
            ContentType = got.Headers.ContentType,
            VersionId = got.VersionId is null or "null" ? null : got.VersionId,
            ETagIsContentHash = ETags.IsContentHash(got.ETag, got.ServerSideEncryptionMethod?.Value),
        };
    }

    private TimeLimitedStream LimitTime(GetObjectResponse got, string key) =>
        new(got.ResponseStream, calls, new StorageCall(bucket, "GetObject", key));

    // A refused HEAD has no error code. A GET is refused for the same reason, with a code that distinguishes an expired token, which the
    // SDK renews, from a missing permission.
    private async Task<Exception> ExplainAsync(string key, AmazonS3Exception withoutCode, CancellationToken cancellationToken)
    {
        using var got = await calls.RunAsync(
            "HeadObject", key,
            token => client.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(0, 0) }, token),
            cancellationToken).ConfigureAwait(false);
        return calls.Translate(new StorageCall(bucket, "HeadObject", key), withoutCode);
    }

    private static bool IsMissing(AmazonS3Exception answer) =>
        answer.StatusCode == HttpStatusCode.NotFound && answer.ErrorCode != "NoSuchBucket";

    private static bool IsChanged(AmazonS3Exception answer) => answer.StatusCode == HttpStatusCode.PreconditionFailed || IsMissing(answer);

    private static bool IsEmpty(AmazonS3Exception answer) => answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable;
}
