using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>A signed checksum is held to the bytes that arrive.</summary>
public abstract class Checksums(S3ServerFixture server) : ConformanceSuite(server)
{
    private static readonly string Sha256OfHello = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("hello")));
    private const string Md5OfHello = "XUFAKrxLKna5cZ2REBfFkg==";

    [Fact]
    public async Task The_right_SHA256_is_accepted() => Expect(await SendAndRead(Sha256(Sha256OfHello)), "200, hello");

    [Fact]
    public async Task A_wrong_SHA256_is_refused() =>
        Expect(await SendAndRead(Sha256(Sha256OfHello).WithBody("jello")), "400 BadDigest, nothing");

    [Fact]
    public async Task A_malformed_SHA256_is_refused() => Expect(await SendAndRead(Sha256("not base64")), "400 InvalidRequest, nothing");

    [Fact]
    public async Task A_changed_SHA256_is_refused() => Expect(
        await SendAndRead(Sha256(Sha256OfHello).WithHeader("x-amz-checksum-sha256", Convert.ToBase64String(new byte[32]))),
        "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task The_SHA256_is_returned_on_request()
    {
        var put = await Send(Sha256(Sha256OfHello));
        var head = await SendAuthorized(Head().WithHeader("x-amz-checksum-mode", "ENABLED"));
        Expect($"{put}, {head.GetHeader("x-amz-checksum-sha256") ?? "none"}", $"200, {Sha256OfHello}");
    }

    [Fact]
    public async Task The_right_content_MD5_is_accepted() => Expect(await SendAndRead(Md5(Md5OfHello)), "200, hello");

    [Fact]
    public async Task A_wrong_content_MD5_is_refused() =>
        Expect(await SendAndRead(Md5(Md5OfHello).WithBody("jello")), "400 BadDigest, nothing");

    [Fact]
    public async Task A_malformed_content_MD5_is_refused() => Expect(await SendAndRead(Md5("not base64")), "400 InvalidDigest, nothing");

    [Fact]
    public async Task A_refused_body_does_not_replace_the_object()
    {
        await Store("before");
        Expect(await SendAndRead(Md5(Md5OfHello).WithBody("jello")), "400 BadDigest, before");
    }

    private WireRequest Sha256(string value) => Signer.Presign(Put().WithHeader("x-amz-checksum-sha256", value));

    private WireRequest Md5(string value) => Signer.Presign(Put().WithHeader("content-md5", value));
}
