using System.Text;
using CsCheck;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;

namespace DirectUpload.LocalS3.Tests.Bodies;

public class AwsChunkedStreamTests
{
    private static readonly byte[] Example = Enumerable.Repeat((byte)'a', 66_560).ToArray();

    [Fact]
    public async Task The_AWS_example_of_signed_chunks_is_accepted()
    {
        var (bytes, _) = await ReadAsync(SignedExample("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"), SignedCaller());
        bytes.Should().Equal(Example);
    }

    [Theory]
    [InlineData("bd80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648")]
    [InlineData("")]
    public async Task A_chunk_with_another_signature_is_refused(string signature) =>
        (await RefusalAsync(SignedExample(signature), SignedCaller())).Should().Be("SignatureDoesNotMatch");

    [Fact]
    public async Task A_signed_chunk_with_other_bytes_is_refused()
    {
        var body = SignedExample("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
        body[1000] = (byte)'b';
        (await RefusalAsync(body, SignedCaller())).Should().Be("SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435", null)]
    [InlineData("e81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435", "SignatureDoesNotMatch")]
    [InlineData("", "SignatureDoesNotMatch")]
    public async Task A_signed_trailer_is_verified(string signature, string? refusal)
    {
        var body = Frame(
            (65_536, ";chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
            (1024, ";chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
            (0, ";chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"));
        body = [.. body, .. Encoding.ASCII.GetBytes($"x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:{signature}\r\n\r\n")];
        var caller = SignedCaller(
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");

        if (refusal is null)
            (await ReadAsync(body, caller)).Trailers.Should().Contain("x-amz-checksum-crc32c", "sOO8/Q==");
        else
            (await RefusalAsync(body, caller)).Should().Be(refusal);
    }

    [Fact]
    public void Any_chunk_and_read_sizes_yield_the_same_bytes() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[8192, 70_000].Array[0, 4], Gen.Int[1, 100_000], Gen.Int[1, 9000])
            .Sample((last, sizes, read, network) =>
            {
                var content = sizes.SelectMany((size, i) => Enumerable.Repeat((byte)i, size)).Concat(last).ToArray();
                var framed = new MemoryStream();
                var at = 0;
                foreach (var size in sizes.Append(last.Length).Where(s => s > 0))
                {
                    framed.Write(Encoding.ASCII.GetBytes($"{size:x}\r\n"));
                    framed.Write(content, at, size);
                    framed.Write("\r\n"u8);
                    at += size;
                }
                framed.Write("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"u8);

                var (bytes, trailers) = ReadAsync(framed.ToArray(), UnsignedCaller, read, network).GetAwaiter().GetResult();
                return bytes.SequenceEqual(content) && trailers["x-amz-checksum-crc32"] == "AAAAAA==";
            }, iter: 60);

    [Theory]
    [InlineData("5\r\nhello")]
    [InlineData("5\r\nhel")]
    [InlineData("5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5\r\nhello\r\n")]
    [InlineData("0\r\nno colon\r\n\r\n")]
    public async Task Broken_framing_is_an_incomplete_body(string body) =>
        (await RefusalAsync(Encoding.ASCII.GetBytes(body), UnsignedCaller)).Should().Be("IncompleteBody");

    [Fact]
    public async Task Only_the_last_chunk_may_be_small() =>
        (await RefusalAsync("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n"u8.ToArray(), UnsignedCaller)).Should().Be("InvalidChunkSizeError");

    private static Caller UnsignedCaller => new(false, new("STREAMING-UNSIGNED-PAYLOAD-TRAILER"));

    private static Caller SignedCaller(
        string payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        string seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9")
    {
        var scope = new CredentialScope("AKIAIOSFODNN7EXAMPLE", "20130524", "us-east-1", "s3");
        var claim = new RequestSignature(scope, "20130524T000000Z", [], seed, new(payload));
        return new(false, claim.Payload, new ChunkSignatures(SigningKey.Derive("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope), claim));
    }

    private static byte[] SignedExample(string firstSignature) =>
    [
        .. Frame(
            (65_536, ";chunk-signature=" + firstSignature),
            (1024, ";chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
            (0, ";chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9")),
        .. "\r\n"u8,
    ];

    private static byte[] Frame(params (int Size, string Extension)[] chunks) => [.. chunks.SelectMany(chunk => Encoding.ASCII
        .GetBytes($"{chunk.Size:x}{chunk.Extension}\r\n{new string('a', chunk.Size)}{(chunk.Size > 0 ? "\r\n" : "")}"))];

    private static async Task<string> RefusalAsync(byte[] body, Caller caller) =>
        (await FluentActions.Awaiting(() => ReadAsync(body, caller)).Should().ThrowAsync<S3Exception>()).Which.Code;

    private static async Task<(byte[] Bytes, IReadOnlyDictionary<string, string> Trailers)> ReadAsync(
        byte[] body, Caller caller, int read = 81_920, int network = 4096)
    {
        await using var stream = new AwsChunkedStream(new OneByteStream(body, network), caller);
        using var result = new MemoryStream();
        var buffer = new byte[read];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
            result.Write(buffer, 0, count);
        return (result.ToArray(), stream.Trailers);
    }

    /// <summary>A network that delivers a few bytes at a time.</summary>
    private sealed class OneByteStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
