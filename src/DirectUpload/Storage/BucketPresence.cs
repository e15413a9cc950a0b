using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>Checks whether the bucket exists, after a HEAD request for an object returned 404.</summary>
/// <remarks>
/// A 404 response to HEAD has no body, so a missing bucket looks like a missing object. The check runs once: an existing bucket is
/// remembered permanently, a missing one for five seconds.
/// </remarks>
internal sealed class BucketPresence(string bucket, IAmazonS3 client, StorageCallExecutor calls, TimeProvider clock)
{
    private static readonly TimeSpan AbsenceCacheDuration = TimeSpan.FromSeconds(5);

    private volatile bool _exists;
    private volatile Absence? _absence;

    /// <summary>Records that another response has shown that the bucket exists.</summary>
    public void SetExists() => _exists = true;

    /// <summary>Throws if the bucket does not exist.</summary>
    /// <exception cref="StorageRefusedException">The bucket does not exist.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_exists)
            return;
        if (_absence is { } absent && clock.GetElapsedTime(absent.At) < AbsenceCacheDuration)
            throw absent.Refusal;
        try
        {
            await calls.RunAsync(
                "HeadBucket", null, token => client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, token),
                cancellationToken, IsConclusive).ConfigureAwait(false);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            var call = new StorageCall(bucket, "HeadBucket");
            var refusal = (StorageRefusedException)calls.Translate(call, new AmazonS3Exception(
                missing.Message, missing.InnerException, missing.ErrorType, "NoSuchBucket", missing.RequestId, missing.StatusCode));
            _absence = new Absence(refusal, clock.GetTimestamp());
            throw refusal;
        }
        catch (AmazonS3Exception)
        {
            // HeadBucket is not permitted or not supported, so the first response counts: the object is missing.
        }

        _exists = true;
    }

    private static bool IsConclusive(AmazonS3Exception answer) =>
        answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed
            or HttpStatusCode.NotImplemented;

    private sealed record Absence(StorageRefusedException Refusal, long At);
}
