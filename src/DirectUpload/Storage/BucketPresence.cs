using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Storage;

/// <summary>
/// Whether the bucket exists: a HEAD that answers 404 has no body, so a missing bucket looks like a missing object. Asked once after such an answer, and remembered: for good that it exists, for a few
/// seconds that it does not.
/// </summary>
internal sealed class BucketPresence(string bucket, IAmazonS3 client, StorageCalls calls, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private volatile bool _exists;
    private volatile Absence? _absent;

    /// <summary>Another answer has shown that the bucket exists.</summary>
    public void Confirm() => _exists = true;

    /// <exception cref="StorageRefusedException">The bucket does not exist.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_exists)
            return;
        if (_absent is { } absent && clock.GetElapsedTime(absent.At) < Remembered)
            throw absent.Refusal;
        try
        {
            await calls.RunAsync(
                "HeadBucket", null, token => client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, token), cancellationToken, IsAnswer).ConfigureAwait(false);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            var call = new StorageCall(bucket, "HeadBucket");
            var refusal = (StorageRefusedException)calls.Translated(call, new AmazonS3Exception(missing.Message, missing.InnerException, missing.ErrorType, "NoSuchBucket", missing.RequestId, missing.StatusCode));
            _absent = new Absence(refusal, clock.GetTimestamp());
            throw refusal;
        }
        catch (AmazonS3Exception)
        {
            // Not allowed to ask, or the server does not know the call: then the first answer stands.
        }

        _exists = true;
    }

    private static bool IsAnswer(AmazonS3Exception answer) =>
        answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented;

    private sealed record Absence(StorageRefusedException Refusal, long At);
}
