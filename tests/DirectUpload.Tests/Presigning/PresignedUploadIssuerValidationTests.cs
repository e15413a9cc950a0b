using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning;

/// <summary>What can't be signed or sent is a caller's bug, and is said at once: later it would be a puzzling 403.</summary>
public sealed class PresignedUploadIssuerValidationTests
{
    private static readonly PresignedUploadIssuer Issuer = TestIssuer.CreateDefault();

    public static TheoryData<string, string> InvalidKeys => new()
    {
        { "empty", "" },
        { "1,025 bytes of ASCII", new string('a', 1025) },
        { "1,026 bytes in 513 characters", new string('é', 513) },
        { "NUL", "a\0b" },
        { "a parent segment", "a/../b" },
        { "a parent at the start", "../b" },
        { "a parent at the end", "a/.." },
        { "a dot segment", "a/./b" },
        { "only a dot", "." },
        { "half a surrogate pair", "a\ud83d" },
        { "the other half", "\ude00a" },
        { "two halves in the wrong order", "\ude00\ud83d" },
    };

    [Theory]
    [MemberData(nameof(InvalidKeys))]
    public async Task Put_InvalidKey_Throws(string what, string key) =>
        await ShouldThrowAsync(it => it.PresignAsync(new PutUrlRequest { Key = key }).AsTask(), what);

    [Theory]
    [MemberData(nameof(InvalidKeys))]
    public async Task Get_InvalidKey_Throws(string what, string key) =>
        await ShouldThrowAsync(it => it.PresignAsync(new GetUrlRequest { Key = key }).AsTask(), what);

    [Theory]
    [MemberData(nameof(InvalidKeys))]
    public async Task Post_InvalidKey_Throws(string what, string key) =>
        await ShouldThrowAsync(it => it.PresignPostAsync(new PostPolicyRequest { Key = key, MaxLength = 1 }).AsTask(), what);

    [Theory]
    [InlineData("a\0b/")]
    [InlineData("a/../b/")]
    [InlineData("a$b/")]
    public async Task Post_InvalidKeyPrefix_Throws(string prefix) =>
        await ShouldThrowAsync(it => it.PresignPostAsync(new PostPolicyRequest { KeyPrefix = prefix, MaxLength = 1 }).AsTask(), prefix);

    [Fact]
    public async Task Post_UnpairedSurrogateInPrefix_Throws() =>
        await ShouldThrowAsync(
            it => it.PresignPostAsync(new PostPolicyRequest { KeyPrefix = "a\ud83d/", MaxLength = 1 }).AsTask(), "half a pair");

    [Theory]
    [InlineData("a..b/..c/d../...")]
    [InlineData("a//b/")]
    [InlineData("/leading")]
    [InlineData("a b+c%2F?#&='")]
    [InlineData("日本/😀.png")]
    public async Task Put_UnusualKey_IsSigned(string key)
    {
        var put = await new TestIssuer().PutAsync(new PutUrlRequest { Key = key });

        Uri.UnescapeDataString(put.Path[1..]).Should().Be(key);
    }

    [Fact]
    public async Task Put_KeyOf1024Bytes_IsSigned() =>
        (await Issuer.PresignAsync(new PutUrlRequest { Key = new string('é', 512) })).Url
            .Should().Contain(string.Concat(Enumerable.Repeat("%C3%A9", 512)));

    [Theory]
    [InlineData("text/plain\r\nx-evil: 1")]
    [InlineData("text/plain\n")]
    [InlineData("text/plain\0")]
    [InlineData("text/plain\t")]
    [InlineData("text/plain; name=\u00e9")]
    [InlineData("a\u007f")]
    [InlineData("text/plain;  charset=utf-8")]
    [InlineData(" text/plain")]
    [InlineData("text/plain ")]
    [InlineData("")]
    public async Task Put_InvalidHeaderValue_Throws(string value)
    {
        await ShouldThrowAsync(it => it.PresignAsync(new PutUrlRequest { Key = "a", ContentType = value }).AsTask(), "content-type");
        await ShouldThrowAsync(
            it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { Acl = value } }).AsTask(), "x-amz-acl");
        await ShouldThrowAsync(
            it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { CacheControl = value } }).AsTask(), "cache-control");
        await ShouldThrowAsync(
            it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { ContentDisposition = value } }).AsTask(),
            "content-disposition");
        await ShouldThrowAsync(
            it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { ContentEncoding = value } }).AsTask(),
            "content-encoding");
        await ShouldThrowAsync(
            it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { ServerSideEncryption = value } }).AsTask(), "sse");
        await ShouldThrowAsync(
            it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { KmsKeyId = value } }).AsTask(), "kms");
        await ShouldThrowAsync(
            it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { Metadata = { ["a"] = value } } }).AsTask(), "metadata");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a\r\nb")]
    [InlineData("é")]
    [InlineData("a/b")]
    public async Task Presign_InvalidMetadataName_Throws(string name)
    {
        var settings = new ObjectSettings { Metadata = { [name] = "value" } };

        await ShouldThrowAsync(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = settings }).AsTask(), name);
        await ShouldThrowAsync(
            it => it.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Settings = settings }).AsTask(), name);
    }

    [Fact]
    public async Task Presign_MetadataNamesDifferingInCase_Throws()
    {
        var settings = new ObjectSettings { Metadata = { ["Name"] = "1", ["name"] = "2" } };

        await ShouldThrowAsync(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = settings }).AsTask(), "PUT");
        await ShouldThrowAsync(
            it => it.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Settings = settings }).AsTask(), "POST");
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF ==")]
    public async Task Presign_InvalidChecksum_Throws(string checksum)
    {
        await ShouldThrowAsync(it => it.PresignAsync(new PutUrlRequest { Key = "a", ChecksumSha256 = checksum }).AsTask(), checksum);
        await ShouldThrowAsync(
            it => it.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, ChecksumSha256 = checksum }).AsTask(), checksum);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5L * 1024 * 1024 * 1024 + 1)]
    public async Task Put_InvalidContentLength_Throws(long length) =>
        await ShouldThrowAsync(it => it.PresignAsync(new PutUrlRequest { Key = "a", ContentLength = length }).AsTask(), "length");

    [Theory]
    [InlineData(0)]
    [InlineData(5L * 1024 * 1024 * 1024)]
    public async Task Put_MinAndMaxContentLength_AreSigned(long length) =>
        (await new TestIssuer().PutAsync(new PutUrlRequest { Key = "a", ContentLength = length })).SignedHeaders
            .Should().Be("content-length;host");

    [Fact]
    public async Task Put_RequiredHeaders_ExcludeContentLength()
    {
        var put = await Issuer.PresignAsync(new PutUrlRequest
        {
            Key = "a",
            ContentType = "text/plain",
            ContentLength = 5,
            OnlyIfNew = true,
            Settings = new() { Metadata = { ["Upload"] = "1" }, Tags = { ["a b"] = "c=d", ["e"] = "é" } },
        });

        put.Headers.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["content-type"] = "text/plain",
            ["if-none-match"] = "*",
            ["x-amz-meta-upload"] = "1",
            ["x-amz-tagging"] = "a%20b=c%3Dd&e=%C3%A9",
        });
        SignedUrl.Parse(put.Url).SignedHeaders
            .Should().Be("content-length;content-type;host;if-none-match;x-amz-meta-upload;x-amz-tagging");
    }

    [Fact]
    public async Task Presign_NullRequest_Throws()
    {
        await Issuer.Awaiting(it => it.PresignAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
        await Issuer.Awaiting(it => it.PresignPostAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
        await Issuer.Awaiting(it => it.PresignAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Presign_NoBucket_ThrowsWithSolution(string? none) =>
        (await new TestIssuer { Bucket = none }.Build().Awaiting(it => it.PresignAsync(new PutUrlRequest { Key = "a" }).AsTask())
            .Should().ThrowAsync<InvalidOperationException>()).WithMessage("*AddDirectUploads(o => o.Bucket*DirectUploads:Bucket*");

    private static Task ShouldThrowAsync(Func<PresignedUploadIssuer, Task> act, string because) =>
        Issuer.Awaiting(act).Should().ThrowAsync<ArgumentException>(because);
}
