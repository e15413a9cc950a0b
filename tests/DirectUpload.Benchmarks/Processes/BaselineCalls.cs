using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Stores;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>The S3 calls without which a small upload can't be finalised, as the library makes them, and nothing around them.</summary>
internal static class BaselineCalls
{
    /// <summary>Copies what was verified, looks at the copy, and reads its beginning.</summary>
    public static async Task RunAsync(AmazonS3Client s3, UploadRecord record)
    {
        await s3.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = record.Bucket,
            SourceKey = record.StagingKey,
            ETagToMatch = record.ETag,
            DestinationBucket = record.Bucket,
            DestinationKey = record.FinalKey,
            MetadataDirective = S3MetadataDirective.REPLACE,
            ContentType = record.ContentType,
            Headers = { ContentDisposition = $"attachment; filename=\"{record.FileName}\"" },
        });
        var copy = await s3.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = record.Bucket, Key = record.FinalKey, ChecksumMode = ChecksumMode.ENABLED });
        using var begin = await s3.GetObjectAsync(new GetObjectRequest
        {
            BucketName = record.Bucket,
            Key = record.FinalKey,
            EtagToMatch = copy.ETag,
            ByteRange = new ByteRange(0, copy.ContentLength - 1),
        });
        await begin.ResponseStream.CopyToAsync(Stream.Null);
    }
}
