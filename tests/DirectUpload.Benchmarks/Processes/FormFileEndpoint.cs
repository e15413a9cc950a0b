using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>
/// Takes a file as most applications do without direct uploads: ASP.NET Core keeps it in memory or on disk until it has all of it.
/// </summary>
internal static class FormFileEndpoint
{
    public static async Task<IResult> PostAsync(IFormFile file, IAmazonS3 s3, CancellationToken cancellationToken)
    {
        await using var content = file.OpenReadStream();
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = StorageProcess.Bucket,
                Key = $"proxied/{Guid.NewGuid():N}",
                ContentType = file.ContentType,
                InputStream = content,
            },
            cancellationToken);
        return Results.Json(file.Length, statusCode: StatusCodes.Status201Created);
    }
}
