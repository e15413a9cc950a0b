using DirectUpload.Presigning;

namespace Snippets;

/// <summary>Signs requests without a store.</summary>
internal static class Presigning
{
    public static async Task<(PresignedUrl, PresignedPost, PresignedParts)> IssueAsync(IPresignedUploadIssuer issuer, string uploadId)
    {
        var put = await issuer.PresignAsync(new PutUrlRequest
        {
            Bucket = "my-bucket",
            Key = "reports/42.pdf",
            ContentType = "application/pdf",
            ContentLength = 12_345,
        });
        var post = await issuer.PresignPostAsync(new PostPolicyRequest
        {
            Bucket = "my-bucket",
            KeyPrefix = "inbox/",
            MaxLength = 10_000_000,
            ContentTypePrefix = "image/",
        });
        var parts = await issuer.PresignPartsAsync(new PartUrlsRequest
        {
            Bucket = "my-bucket",
            Key = "video.mp4",
            UploadId = uploadId,
            Count = 10_000,
        });
        return (put, post, parts);
    }
}
