using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>
/// Deletes for good in buckets that keep versions. A plain delete comes first: its answer says whether there are versions, and it hides the object before they are listed. May be repeated after a crash in between.
/// Where the bucket keeps none, that costs one HEAD, once: an object that was there and left no delete marker shows it.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html</remarks>
internal sealed class Versions(string bucket, IAmazonS3 client, StorageCalls calls)
{
    private const int AtOnce = 8;

    private volatile Known _known;

    private enum Known
    {
        Nothing,
        NotKept,
        Kept,
    }

    /// <summary>Gets whether the bucket has been seen to keep versions, now or before.</summary>
    public bool AreKept => _known == Known.Kept;

    /// <summary>Notes the version that storage has named; "null" is that of a bucket that has stopped to keep them.</summary>
    public void Saw(string? versionId)
    {
        if (!string.IsNullOrEmpty(versionId))
            _known = Known.Kept;
    }

    /// <summary>Deletes all that is at a key.</summary>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var wasThere = _known == Known.Nothing && await IsThereAsync(key, cancellationToken).ConfigureAwait(false);
        var deleted = await calls.RunAsync("DeleteObject", key, token => client.DeleteObjectAsync(bucket, key, token), cancellationToken).ConfigureAwait(false);
        Saw(deleted.DeleteMarker == "true" ? "marker" : deleted.VersionId);
        if (AreKept)
            await PurgeAsync(key, cancellationToken).ConfigureAwait(false);
        else if (wasThere)
            _known = Known.NotKept;
        else if (_known == Known.Nothing)
            // Where nothing was to be deleted, the answer shows nothing: Ceph RGW 16 is silent too where a delete marker is already there, and earlier versions below it.
            await PurgeAsync(key, cancellationToken, mayBeRefused: true).ConfigureAwait(false);
    }

    /// <summary>Lists the keys that hold any version or delete marker.</summary>
    public async IAsyncEnumerable<string> ListKeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = default(string);
        await foreach (var version in ListAsync(prefix, mayBeRefused: false, cancellationToken).ConfigureAwait(false))
        {
            if (version.Key != last)
                yield return last = version.Key;
        }
    }

    private async Task<bool> IsThereAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var head = await calls.RunAsync(
                "HeadObject", key, token => client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key }, token), cancellationToken, IsUnseen).ConfigureAwait(false);
            Saw(head.VersionId);
            return true;
        }
        catch (AmazonS3Exception missing) when (IsUnseen(missing))
        {
            return false;
        }
    }

    private async Task PurgeAsync(string key, CancellationToken cancellationToken, bool mayBeRefused = false)
    {
        // The latest comes last: it is the delete marker, without which an earlier version would be the object for a moment.
        var latest = default(string);
        await Parallel.ForEachAsync(
            EarlierAsync(key, found => latest = found, mayBeRefused, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (version, cancelled) => await DeleteAsync(key, version, cancelled).ConfigureAwait(false)).ConfigureAwait(false);
        if (latest is not null)
            await DeleteAsync(key, latest, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<string> EarlierAsync(string key, Action<string> foundLatest, bool mayBeRefused, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The prefix lists other keys too.
        await foreach (var version in ListAsync(key, mayBeRefused, cancellationToken).Where(version => version.Key == key).ConfigureAwait(false))
        {
            if (version.IsLatest == true)
                foundLatest(version.VersionId);
            else
                yield return version.VersionId;
        }
    }

    private async IAsyncEnumerable<S3ObjectVersion> ListAsync(string prefix, bool mayBeRefused, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = bucket, Prefix = prefix };
        ListVersionsResponse page;
        do
        {
            try
            {
                page = await calls.RunAsync("ListObjectVersions", prefix, token => client.ListVersionsAsync(request, token), cancellationToken, answer => IsSkipped(answer, mayBeRefused)).ConfigureAwait(false);
            }
            catch (AmazonS3Exception lacking) when (IsSkipped(lacking, mayBeRefused))
            {
                // A server that cannot list versions: the plain delete is all that it can do. And without versions, the application needs no permission to list them.
                yield break;
            }

            // The SDK puts delete markers among the versions.
            foreach (var version in page.Versions ?? [])
            {
                Saw(version.IsDeleteMarker == true || version.VersionId != "null" ? version.VersionId : null);
                yield return version;
            }

            request.KeyMarker = page.NextKeyMarker;
            request.VersionIdMarker = page.NextVersionIdMarker;
        }
        while (page.IsTruncated == true);
    }

    private Task<DeleteObjectResponse> DeleteAsync(string key, string versionId, CancellationToken cancellationToken) => calls.RunAsync(
        "DeleteObjectVersion", key,
        token => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = key, VersionId = versionId }, token), cancellationToken);

    private static bool IsUnseen(AmazonS3Exception answer) => answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden;

    private static bool IsSkipped(AmazonS3Exception answer, bool mayBeRefused) =>
        answer.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed
        || (mayBeRefused && answer.StatusCode is (HttpStatusCode.Forbidden or HttpStatusCode.BadRequest));
}
