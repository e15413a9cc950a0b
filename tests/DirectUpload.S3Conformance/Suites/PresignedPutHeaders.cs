namespace DirectUpload.S3Conformance.Suites;

/// <summary>A signed header must arrive as it was signed; an x-amz header that was not signed must not arrive.</summary>
public abstract class PresignedPutHeaders(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string Mismatch = "403 SignatureDoesNotMatch, nothing";

    public static TheoryData<string, string, string> SignedHeaders => new()
    {
        { "content-type", "image/png", "text/html" },
        { "content-encoding", "gzip", "br" },
        { "content-disposition", "attachment", "inline" },
        { "cache-control", "no-store", "max-age=1" },
        { "x-amz-meta-owner", "alice", "mallory" },
        { "x-amz-tagging", "scan=pending", "scan=clean" },
        { "x-amz-acl", "private", "public-read" },
        { "if-none-match", "*", "\"etag\"" },
    };

    [Theory, MemberData(nameof(SignedHeaders))]
    public async Task A_changed_signed_header_is_refused(string name, string value, string sent) =>
        Expect(await SendAndRead(Signer.Presign(Put().WithHeader(name, value)).WithHeader(name, sent)), Mismatch, of: name);

    [Theory, MemberData(nameof(SignedHeaders))]
    public async Task A_missing_signed_header_is_refused(string name, string value, string sent)
    {
        _ = sent;
        Expect(await SendAndRead(Signer.Presign(Put().WithHeader(name, value)).WithoutHeader(name)), Mismatch, of: name);
    }

    [Theory]
    [InlineData("hell")]
    [InlineData("hello!")]
    [InlineData("")]
    public async Task A_length_other_than_the_signed_one_is_refused(string body) =>
        Expect(await SendAndRead(Signer.Presign(Put().WithHeader("content-length", "5")).WithBody(body)), Mismatch, of: body);

    [Theory]
    [InlineData("x-amz-meta-owner", "mallory")]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-tagging", "scan=clean")]
    [InlineData("x-amz-storage-class", "STANDARD")]
    [InlineData("x-amz-copy-source", "/bucket/key")]
    public async Task An_unsigned_amz_header_is_refused(string name, string value) =>
        Expect(await SendAndRead(Signer.Presign(Put()).WithHeader(name, value)), "403 AccessDenied, nothing", of: name);
}
