using DirectUpload.Signing;

namespace Snippets;

/// <summary>The issuer without a store.</summary>
internal static class SignaturesAlone
{
    public static async Task<(PresignedUrl, PresignedPost)> IssueAsync(IPresignedUploadIssuer issuer)
    {
        var put = await issuer.PresignAsync(new PutUrlRequest { Bucket = "my-bucket", Key = "reports/42.pdf", ContentType = "application/pdf", ContentLength = 12_345 });
        var post = await issuer.PresignPostAsync(new PostPolicyRequest { Bucket = "my-bucket", KeyPrefix = "inbox/", MaxLength = 10_000_000, ContentTypePrefix = "image/" });
        return (put, post);
    }
}
