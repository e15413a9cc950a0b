using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Represents the value of <c>x-amz-content-sha256</c>, which is the last line of the canonical request.</summary>
/// <param name="Text">The unchanged value.</param>
internal readonly record struct PayloadHash(string Text)
{
    public static readonly PayloadHash Unsigned = new("UNSIGNED-PAYLOAD");

    public static PayloadHash Parse(string text)
    {
        var hash = new PayloadHash(text);
        return hash == Unsigned || hash.IsChunked || hash.IsLiteral ? hash : throw S3Errors.InvalidArgument(
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, " +
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-UNSIGNED-PAYLOAD-TRAILER, or a valid sha256 value.",
            "x-amz-content-sha256", text);
    }

    /// <summary>Indicates whether the body has aws-chunked framing.</summary>
    public bool IsChunked => HasSignedChunks || Text == "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    public bool HasSignedChunks => Text is "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" or "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

    public bool HasTrailer => IsChunked && Text.EndsWith("-TRAILER", StringComparison.Ordinal);

    /// <summary>Indicates whether the value is the SHA-256 of the body.</summary>
    public bool IsLiteral => Text is { Length: 64 } && Text.All(char.IsAsciiHexDigitLower);
}
