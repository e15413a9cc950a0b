using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Verifies the chain of chunk signatures of one request.</summary>
/// <remarks>Each signature covers the previous one, starting with the signature of the request.</remarks>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html</remarks>
internal sealed class ChunkSignatures(SigningKey key, RequestSignature claim)
{
    private static readonly string EmptyHash = Convert.ToHexStringLower(SHA256.HashData([]));
    private string _previous = claim.Signature;

    public void VerifyChunk(ReadOnlySpan<byte> sha256, string signature) =>
        Verify($"AWS4-HMAC-SHA256-PAYLOAD\n{claim.AmzDate}\n{claim.Scope}\n{_previous}\n{EmptyHash}\n{Convert.ToHexStringLower(sha256)}",
            signature);

    /// <param name="trailers">The trailing headers as <c>name:value\n</c>, sorted.</param>
    /// <param name="signature">The value of <c>x-amz-trailer-signature</c>.</param>
    public void VerifyTrailer(string trailers, string signature) =>
        Verify($"AWS4-HMAC-SHA256-TRAILER\n{claim.AmzDate}\n{claim.Scope}\n{_previous}\n" +
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trailers))), signature);

    private void Verify(string stringToSign, string signature)
    {
        if (!key.Verify(stringToSign, signature))
            throw SignatureErrors.SignatureDoesNotMatch(claim, stringToSign, "");
        _previous = signature;
    }
}
