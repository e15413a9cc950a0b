using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Signing;

/// <summary>What can't be signed or sent is a caller's bug, and is said at once: later it would be a puzzling 403.</summary>
public sealed class IssuerInputTests
{
    private static readonly PresignedUploadIssuer Issuer = TestIssuer.Simple();

    public static TheoryData<string, string> BadKeys => new()
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
    [MemberData(nameof(BadKeys))]
    public async Task A_PUT_of_a_key_that_S3_or_a_client_would_not_take_is_refused(string what, string key) =>
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = key }).AsTask(), what);

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_GET_of_such_a_key_is_refused(string what, string key) =>
        await Refused(it => it.PresignAsync(new GetUrlRequest { Key = key }).AsTask(), what);

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_form_for_such_a_key_is_refused(string what, string key) =>
        await Refused(it => it.PresignPostAsync(new PostPolicyRequest { Key = key, MaxLength = 1 }).AsTask(), what);

    [Theory]
    [InlineData("a\0b/")]
    [InlineData("a/../b/")]
    [InlineData("a$b/")]
    public async Task A_form_for_such_a_prefix_is_refused(string prefix) =>
        await Refused(it => it.PresignPostAsync(new PostPolicyRequest { KeyPrefix = prefix, MaxLength = 1 }).AsTask(), prefix);

    [Fact]
    public async Task A_form_for_a_prefix_with_half_a_surrogate_pair_is_refused() =>
        await Refused(it => it.PresignPostAsync(new PostPolicyRequest { KeyPrefix = "a\ud83d/", MaxLength = 1 }).AsTask(), "half a pair");

    [Theory]
    [InlineData("a..b/..c/d../...")]
    [InlineData("a//b/")]
    [InlineData("/leading")]
    [InlineData("a b+c%2F?#&='")]
    [InlineData("日本/😀.png")]
    public async Task Any_other_key_is_signed(string key)
    {
        var put = await new TestIssuer().PutAsync(new PutUrlRequest { Key = key });

        Uri.UnescapeDataString(put.Path[1..]).Should().Be(key);
    }

    [Fact]
    public async Task A_key_of_exactly_1024_bytes_is_signed() =>
        (await Issuer.PresignAsync(new PutUrlRequest { Key = new string('é', 512) })).Url.Should().Contain(string.Concat(Enumerable.Repeat("%C3%A9", 512)));

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
    public async Task A_header_that_can_not_be_sent_as_signed_is_refused(string value)
    {
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", ContentType = value }).AsTask(), "content-type");
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { Acl = value } }).AsTask(), "x-amz-acl");
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { CacheControl = value } }).AsTask(), "cache-control");
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { ContentDisposition = value } }).AsTask(), "content-disposition");
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { ContentEncoding = value } }).AsTask(), "content-encoding");
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { ServerSideEncryption = value } }).AsTask(), "sse");
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { KmsKeyId = value } }).AsTask(), "kms");
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = new() { Metadata = { ["a"] = value } } }).AsTask(), "metadata");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a\r\nb")]
    [InlineData("é")]
    [InlineData("a/b")]
    public async Task A_metadata_name_that_is_no_header_is_refused(string name)
    {
        var settings = new ObjectSettings { Metadata = { [name] = "value" } };

        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = settings }).AsTask(), name);
        await Refused(it => it.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Settings = settings }).AsTask(), name);
    }

    [Fact]
    public async Task Two_metadata_names_that_become_one_header_are_refused()
    {
        var settings = new ObjectSettings { Metadata = { ["Name"] = "1", ["name"] = "2" } };

        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", Settings = settings }).AsTask(), "PUT");
        await Refused(it => it.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Settings = settings }).AsTask(), "POST");
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF ==")]
    public async Task A_checksum_that_is_not_the_base64_of_32_bytes_is_refused(string checksum)
    {
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", ChecksumSha256 = checksum }).AsTask(), checksum);
        await Refused(it => it.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, ChecksumSha256 = checksum }).AsTask(), checksum);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5L * 1024 * 1024 * 1024 + 1)]
    public async Task A_length_that_no_PUT_can_have_is_refused(long length) =>
        await Refused(it => it.PresignAsync(new PutUrlRequest { Key = "a", ContentLength = length }).AsTask(), "length");

    [Theory]
    [InlineData(0)]
    [InlineData(5L * 1024 * 1024 * 1024)]
    public async Task The_least_and_the_largest_length_are_signed(long length) =>
        (await new TestIssuer().PutAsync(new PutUrlRequest { Key = "a", ContentLength = length })).SignedHeaders.Should().Be("content-length;host");

    [Fact]
    public async Task The_length_is_the_clients_own_header_and_all_others_must_be_set()
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
        SignedUrl.Parse(put.Url).SignedHeaders.Should().Be("content-length;content-type;host;if-none-match;x-amz-meta-upload;x-amz-tagging");
    }

    [Fact]
    public async Task No_request_at_all_is_a_bug_too()
    {
        await Issuer.Awaiting(it => it.PresignAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
        await Issuer.Awaiting(it => it.PresignPostAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
        await Issuer.Awaiting(it => it.PresignAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_any_bucket_the_message_says_where_to_name_one(string? none) =>
        (await new TestIssuer { Bucket = none }.Build().Awaiting(it => it.PresignAsync(new PutUrlRequest { Key = "a" }).AsTask())
            .Should().ThrowAsync<InvalidOperationException>()).WithMessage("*AddDirectUploads(o => o.Bucket*DirectUploads:Bucket*");

    private static Task Refused(Func<PresignedUploadIssuer, Task> act, string because) =>
        Issuer.Awaiting(act).Should().ThrowAsync<ArgumentException>(because);
}
