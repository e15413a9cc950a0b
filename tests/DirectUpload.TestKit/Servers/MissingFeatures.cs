using System.Net;
using Xunit;

namespace DirectUpload.TestKit;

/// <summary>
/// What a server lacks is declared by its fixture. A case that needs it asks here and ends; the server must then really lack it, or the
/// case fails: the declaration has to go.
/// </summary>
public static class MissingFeatures
{
    private const string Acl = "public-read";

    public static async Task<bool> LacksAsync(this S3ServerFixture server, S3Features feature)
    {
        if (!server.Lacks.HasFlag(feature)) return false;
        var answer = await server.AskForAsync(feature);
        var has = feature is S3Features.Checksums or S3Features.PartsEndOnCompletion
            ? answer.Status != HttpStatusCode.OK
            : (int)answer.Status is >= 200 and < 300;
        Assert.False(has, $"{server.GetType().Name} declares that its server lacks {feature}, and it answered {answer}: remove the declaration");
        return true;
    }

    private static async Task<WireAnswer> AskForAsync(this S3ServerFixture server, S3Features feature)
    {
        var put = WireRequest.For("PUT", server.Bucket, $"feature-{Guid.NewGuid():N}").WithBody("hello");
        switch (feature)
        {
            case S3Features.Forms:
                return await server.SendAsync(new PostForm(server.Signer, server.Bucket).With("key", "feature").Build());
            case S3Features.ConditionalWrites:
                return await server.AuthorizedAsync(put.WithHeader("if-none-match", "*"));
            case S3Features.Checksums:
                return await server.AuthorizedAsync(put.WithHeader("x-amz-checksum-sha256", Convert.ToBase64String(new byte[32])));
            case S3Features.Acls:
                await server.AuthorizedAsync(put);
                return await server.AuthorizedAsync((put with { Body = default }).WithQuery("acl", "").WithHeader("x-amz-acl", Acl));
            case S3Features.Events:
                return await server.AuthorizedAsync(WireRequest.For("PUT", server.Bucket).WithQuery("notification", "")
                    .WithBody("<NotificationConfiguration/>").WithContentMd5());
            case S3Features.PartsEndOnCompletion:
                return await server.LatePartAsync(put);
            default:
                throw new ArgumentOutOfRangeException(nameof(feature), feature, "Nothing is known that would show it.");
        }
    }

    /// <summary>Completes an upload of one part, and sends the part again.</summary>
    private static async Task<WireAnswer> LatePartAsync(this S3ServerFixture server, WireRequest put)
    {
        var create = new WireRequest("POST", put.Path).WithQuery("uploads", "");
        var id = (await server.AuthorizedAsync(create)).Element("UploadId")!;
        var part = put.WithQuery("partNumber", "1").WithQuery("uploadId", id);
        var eTag = (await server.AuthorizedAsync(part)).ETag;
        var complete = new WireRequest("POST", put.Path).WithQuery("uploadId", id).WithBody(
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{eTag}</ETag></Part></CompleteMultipartUpload>");
        Assert.Equal(HttpStatusCode.OK, (await server.AuthorizedAsync(complete)).Status);
        return await server.AuthorizedAsync(part);
    }

    private static Task<WireAnswer> AuthorizedAsync(this S3ServerFixture server, WireRequest request) =>
        server.SendAsync(server.Signer.Authorize(request));
}
