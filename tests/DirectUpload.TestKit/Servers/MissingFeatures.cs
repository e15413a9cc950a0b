using System.Net;
using Xunit;

namespace DirectUpload.TestKit;

/// <summary>Ends a case that needs a feature which the server lacks according to its fixture.</summary>
/// <remarks>If the server has the feature, the case fails, and the declaration must be removed from the fixture.</remarks>
public static class MissingFeatures
{
    private const string CannedAcl = "public-read";

    public static async Task<bool> LacksAsync(this S3ServerFixture server, S3Features feature)
    {
        if (!server.Lacks.HasFlag(feature)) return false;
        var answer = await server.ProbeAsync(feature);
        var has = feature is S3Features.Checksums or S3Features.PartsEndOnCompletion
            ? answer.Status != HttpStatusCode.OK
            : (int)answer.Status is >= 200 and < 300;
        Assert.False(
            has, $"{server.GetType().Name} declares that its server lacks {feature}, and it answered {answer}: remove the declaration");
        return true;
    }

    private static async Task<WireResponse> ProbeAsync(this S3ServerFixture server, S3Features feature)
    {
        var put = WireRequest.ForObject("PUT", server.Bucket, $"feature-{Guid.NewGuid():N}").WithBody("hello");
        switch (feature)
        {
            case S3Features.Forms:
                return await server.SendAsync(new PostForm(server.Signer, server.Bucket).With("key", "feature").Build());
            case S3Features.ConditionalWrites:
                return await server.SendSignedAsync(put.WithHeader("if-none-match", "*"));
            case S3Features.Checksums:
                return await server.SendSignedAsync(put.WithHeader("x-amz-checksum-sha256", Convert.ToBase64String(new byte[32])));
            case S3Features.Acls:
                await server.SendSignedAsync(put);
                return await server.SendSignedAsync((put with { Body = default }).WithQuery("acl", "").WithHeader("x-amz-acl", CannedAcl));
            case S3Features.Events:
                return await server.SendSignedAsync(WireRequest.ForObject("PUT", server.Bucket).WithQuery("notification", "")
                    .WithBody("<NotificationConfiguration/>").WithContentMd5());
            case S3Features.PartsEndOnCompletion:
                return await server.SendLatePartAsync(put);
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(feature), feature, "No probe exists for the feature; add one to MissingFeatures.");
        }
    }

    /// <summary>Completes a multipart upload of one part, and sends the part again.</summary>
    private static async Task<WireResponse> SendLatePartAsync(this S3ServerFixture server, WireRequest put)
    {
        var create = new WireRequest("POST", put.Path).WithQuery("uploads", "");
        var id = (await server.SendSignedAsync(create)).GetElement("UploadId")!;
        var part = put.WithQuery("partNumber", "1").WithQuery("uploadId", id);
        var eTag = (await server.SendSignedAsync(part)).ETag;
        var complete = new WireRequest("POST", put.Path).WithQuery("uploadId", id).WithBody(
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{eTag}</ETag></Part></CompleteMultipartUpload>");
        Assert.Equal(HttpStatusCode.OK, (await server.SendSignedAsync(complete)).Status);
        return await server.SendSignedAsync(part);
    }

    private static Task<WireResponse> SendSignedAsync(this S3ServerFixture server, WireRequest request) =>
        server.SendAsync(server.Signer.Authorize(request));
}
