using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Testing.Hosting;

/// <summary>Writes and lists objects beside the library.</summary>
internal sealed class TestObjects(IServiceProvider services)
{
    private IAmazonS3 S3 => services.GetRequiredService<IAmazonS3>();

    public Task PutAsync(string bucket, string key, string contentType, byte[] content, CancellationToken cancellationToken) =>
        S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ContentType = contentType,
                InputStream = new MemoryStream(content),
            },
            cancellationToken);

    public async Task<IReadOnlyList<string>> ListKeysAsync(string? bucket, CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket ?? services.GetRequiredService<IOptions<DirectUploadOptions>>().Value.Bucket,
        };
        var keys = new List<string>();
        ListObjectsV2Response page;
        do
        {
            page = await S3.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
            keys.AddRange((page.S3Objects ?? []).Select(found => found.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return keys;
    }
}
