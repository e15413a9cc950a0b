using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Deletes objects permanently, including their versions in a versioned bucket.</summary>
/// <remarks>
/// A plain delete comes first: its response shows whether the bucket is versioned, and it hides the object before the versions are listed.
/// The call can be repeated after a crash. In an unversioned bucket, one HEAD request is needed once: if an existing object is deleted
/// without a delete marker, the bucket is not versioned.
/// </remarks>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html</remarks>
internal sealed class ObjectVersions(string bucket, IAmazonS3 client, StorageCallExecutor calls)
{
    private const int MaxConcurrency = 8;

    private volatile VersioningState _state;

    private enum VersioningState
    {
        Unknown,
        Disabled,
        Enabled,
    }

    /// <summary>Whether a response has shown that the bucket is or was versioned.</summary>
    public bool IsVersioningEnabled => _state == VersioningState.Enabled;

    /// <summary>Records a version id from a response. The id "null" comes from a bucket whose versioning is suspended.</summary>
    public void Observe(string? versionId)
    {
        if (!string.IsNullOrEmpty(versionId))
            _state = VersioningState.Enabled;
    }

    /// <summary>Deletes the object at a key with all its versions and delete markers.</summary>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var wasThere = _state == VersioningState.Unknown && await ExistsAsync(key, cancellationToken).ConfigureAwait(false);
        var deleted = await calls.RunAsync(
            "DeleteObject", key, token => client.DeleteObjectAsync(bucket, key, token), cancellationToken).ConfigureAwait(false);
        Observe(deleted.DeleteMarker == "true" ? "marker" : deleted.VersionId);
        if (IsVersioningEnabled)
            await DeleteAllVersionsAsync(key, cancellationToken).ConfigureAwait(false);
        else if (wasThere)
            _state = VersioningState.Disabled;
        else if (_state == VersioningState.Unknown)
            // If the object did not exist, the response shows nothing. Ceph RGW 16 also returns no marker when a delete marker and earlier
            // versions already exist.
            await DeleteAllVersionsAsync(key, cancellationToken, mayBeRefused: true).ConfigureAwait(false);
    }

    /// <summary>Lists the keys that have any version or delete marker.</summary>
    public async IAsyncEnumerable<string> ListKeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = default(string);
        await foreach (var version in ListAsync(prefix, mayBeRefused: false, cancellationToken).ConfigureAwait(false))
        {
            if (version.Key != last)
                yield return last = version.Key;
        }
    }

    private async Task<bool> ExistsAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var head = await calls.RunAsync(
                "HeadObject", key,
                token => client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key }, token),
                cancellationToken, IsNotVisible).ConfigureAwait(false);
            Observe(head.VersionId);
            return true;
        }
        catch (AmazonS3Exception missing) when (IsNotVisible(missing))
        {
            return false;
        }
    }

    private async Task DeleteAllVersionsAsync(string key, CancellationToken cancellationToken, bool mayBeRefused = false)
    {
        // The latest version, the delete marker, is deleted last. Otherwise, an earlier version would be visible for a moment.
        var latest = default(string);
        await Parallel.ForEachAsync(
            ListNoncurrentVersionsAsync(key, found => latest = found, mayBeRefused, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = cancellationToken },
            async (version, canceled) => await DeleteAsync(key, version, canceled).ConfigureAwait(false)).ConfigureAwait(false);
        if (latest is not null)
            await DeleteAsync(key, latest, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<string> ListNoncurrentVersionsAsync(
        string key, Action<string> foundLatest, bool mayBeRefused, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Other keys can begin with this key.
        await foreach (var version in ListAsync(key, mayBeRefused, cancellationToken)
            .Where(version => version.Key == key).ConfigureAwait(false))
        {
            if (version.IsLatest == true)
                foundLatest(version.VersionId);
            else
                yield return version.VersionId;
        }
    }

    private async IAsyncEnumerable<S3ObjectVersion> ListAsync(
        string prefix, bool mayBeRefused, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = bucket, Prefix = prefix };
        ListVersionsResponse page;
        do
        {
            try
            {
                page = await calls.RunAsync(
                    "ListObjectVersions", prefix, token => client.ListVersionsAsync(request, token), cancellationToken,
                    answer => IsListingUnsupported(answer, mayBeRefused)).ConfigureAwait(false);
            }
            catch (AmazonS3Exception unsupported) when (IsListingUnsupported(unsupported, mayBeRefused))
            {
                // A server that cannot list versions supports only the plain delete. In an unversioned bucket, the application needs no
                // permission to list versions.
                yield break;
            }

            // The SDK returns delete markers among the versions.
            foreach (var version in page.Versions ?? [])
            {
                Observe(version.IsDeleteMarker == true || version.VersionId != "null" ? version.VersionId : null);
                yield return version;
            }

            request.KeyMarker = page.NextKeyMarker;
            request.VersionIdMarker = page.NextVersionIdMarker;
        }
        while (page.IsTruncated == true);
    }

    private Task<DeleteObjectResponse> DeleteAsync(string key, string versionId, CancellationToken cancellationToken) => calls.RunAsync(
        "DeleteObjectVersion", key,
        token => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = key, VersionId = versionId }, token),
        cancellationToken);

    private static bool IsNotVisible(AmazonS3Exception answer) => answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden;

    private static bool IsListingUnsupported(AmazonS3Exception answer, bool mayBeRefused) =>
        answer.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed
        || (mayBeRefused && answer.StatusCode is (HttpStatusCode.Forbidden or HttpStatusCode.BadRequest));
}
