using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>SigV4 in the Authorization header, as SDKs sign.</summary>
public abstract class HeaderAuthentication(S3ServerFixture server) : ConformanceSuite(server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_put_is_accepted() => Expect(await SendAndRead(Signer.Authorize(Put())), "200, hello");

    [Fact]
    public async Task An_unsigned_payload_is_accepted() =>
        Expect(await SendAndRead(Signer.Authorize(Put(), "UNSIGNED-PAYLOAD")), "200, hello");

    [Fact]
    public async Task A_changed_body_is_refused() =>
        Expect(await SendAndRead(Signer.Authorize(Put()).WithBody("jello")), "400 XAmzContentSHA256Mismatch, nothing");

    [Fact]
    public async Task A_wrong_secret_is_refused_in_the_header() => Expect(
        await SendAndRead(new TestSigner(Server.Access with { SecretKey = "another" }).Authorize(Put())),
        "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task An_unknown_access_key_is_refused_in_the_header() => Expect(
        await SendAndRead(new TestSigner(Server.Access with { AccessKey = "AKIANOBODYNOBODYNOBO" }).Authorize(Put())),
            "403 InvalidAccessKeyId, nothing");

    [Fact]
    public async Task Another_region_is_refused_in_the_header() => Expect(
        await SendAndRead(new TestSigner(Server.Access with { Region = "eu-west-3" }).Authorize(Put())),
            "400 AuthorizationHeaderMalformed, nothing");

    [Theory]
    [InlineData(-16)]
    [InlineData(16)]
    public async Task A_clock_skew_above_15_minutes_is_refused(int minutes) => Expect(
        await SendAndRead((Signer with { SignedAt = DateTimeOffset.UtcNow.AddMinutes(minutes) }).Authorize(Put())),
            "403 RequestTimeTooSkewed, nothing", of: $"{minutes}");

    [Fact]
    public async Task A_changed_header_is_refused() => Expect(
        await SendAndRead(Signer.Authorize(Put().WithHeader("content-type", "text/plain")).WithHeader("content-type", "text/html")),
        "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task An_added_parameter_is_refused() =>
        Expect(await SendAndRead(Signer.Authorize(Put()).WithQuery("x-id", "PutObject")), "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task A_changed_path_is_refused() => Expect(
        await SendAndRead(Signer.Authorize(Put()) with { Path = $"/{Bucket}/{Key}-other" }, Key + "-other"),
            "403 SignatureDoesNotMatch, nothing");

    [Fact]
    public async Task A_malformed_header_is_refused() =>
        Expect(await SendRefused(Signer.Authorize(Put()).WithHeader("authorization", "AWS4-HMAC-SHA256 nonsense")), "refused, nothing");

    [Fact]
    public async Task A_missing_body_hash_is_refused() =>
        Expect(await SendRefused(Signer.Authorize(Put()).WithoutHeader("x-amz-content-sha256")), "refused, nothing");

    [Fact]
    public async Task The_SDK_writes_and_reads_an_object()
    {
        var (text, type) = await RoundTrip(new() { ContentBody = "by the SDK", ContentType = "text/plain" });
        Expect($"{text}, {type}", "by the SDK, text/plain");
    }

    [Fact]
    public async Task The_SDK_s_chunked_body_is_stored()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var (text, _) = await RoundTrip(new() { InputStream = new MemoryStream(bytes), UseChunkEncoding = true });
        Expect(text == Encoding.Latin1.GetString(bytes) ? "whole" : text, "whole");
    }

    [Fact]
    public async Task The_SDK_s_plain_body_is_stored()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var (text, _) = await RoundTrip(new() { InputStream = new MemoryStream(bytes), UseChunkEncoding = false });
        Expect(text == Encoding.Latin1.GetString(bytes) ? "whole" : text, "whole");
    }

    /// <summary>Stores by the SDK and reads again: the bytes as Latin-1 and their type, or the refusal.</summary>
    private async Task<(string Text, string? Type)> RoundTrip(PutObjectRequest request)
    {
        (request.BucketName, request.Key) = (Bucket, Key);
        try
        {
            await Server.S3.PutObjectAsync(request, Stop);
        }
        catch (AmazonS3Exception refused)
        {
            return ($"{(int)refused.StatusCode} {refused.ErrorCode}", null);
        }

        using var read = await Server.S3.GetObjectAsync(Bucket, Key, Stop);
        using var reader = new StreamReader(read.ResponseStream, Encoding.Latin1);
        return (await reader.ReadToEndAsync(Stop), read.Headers.ContentType);
    }
}
