using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>What the client says its body is; a body that is something else is not stored.</summary>
/// <param name="Md5">Content-MD5, decoded.</param>
/// <param name="Sha256">The signed hash of the body, lower-case hexadecimal.</param>
/// <param name="Algorithm">The additional checksum that the client sends.</param>
/// <param name="Checksum">Its expected value, base64; null when it follows in a trailer or nothing was promised.</param>
/// <param name="InTrailer">The expected value comes after the body.</param>
internal sealed record BodyDemands(byte[]? Md5, string? Sha256, ChecksumAlgorithm? Algorithm, string? Checksum, bool InTrailer)
{
    /// <param name="request">The request.</param>
    /// <param name="caller">Its sender.</param>
    /// <param name="withChecksum">False where <c>x-amz-checksum-*</c> speaks of something else than the body.</param>
    public static BodyDemands Read(S3Request request, Caller caller, bool withChecksum = true)
    {
        var (header, value) = withChecksum && ChecksumHeader.Read(request) is { } found ? found : default;
        var trailer = ReadTrailer(request, caller);
        if (header is not null && trailer is not null)
            throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        if (value is not null && !header!.IsWellFormed(value))
            throw S3Errors.InvalidRequest($"Value for {header.HeaderName} header is invalid.");
        var algorithm = header ?? trailer;
        if (withChecksum)
            CheckAnnouncement(request, algorithm);
        return new(ReadMd5(request), caller.Payload.IsLiteral ? caller.Payload.Text : null, algorithm, value, trailer is not null);
    }

    public void Verify(BodySummary body, IReadOnlyDictionary<string, string> trailers)
    {
        if (Sha256 is not null && Sha256 != body.Sha256)
            throw new S3Exception(400, "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.")
                .With("ClientComputedContentSHA256", Sha256).With("S3ComputedContentSHA256", body.Sha256!);
        if (Md5 is not null && !Md5.AsSpan().SequenceEqual(body.Md5))
            throw S3Errors.BadDigest("Content-MD5")
                .With("ExpectedDigest", Convert.ToBase64String(Md5)).With("CalculatedDigest", Convert.ToBase64String(body.Md5));

        var expected = Checksum;
        if (InTrailer && !trailers.TryGetValue(Algorithm!.HeaderName, out expected))
            throw new S3Exception(400, "MalformedTrailerError",
                "The request contained trailing data that was not well-formed or did not conform to our published schema.");
        if (expected is not null && expected != body.Sent)
            throw new S3Exception(400, "BadDigest", $"The {Algorithm!.Name} you specified did not match the calculated checksum.");
    }

    private static ChecksumAlgorithm? ReadTrailer(S3Request request, Caller caller)
    {
        if (request.Header("x-amz-trailer") is not { } name)
            return null;
        if (!caller.Payload.HasTrailer)
            throw S3Errors.InvalidRequest(
                "x-amz-trailer needs a body with trailers: x-amz-content-sha256 must be a STREAMING-…-TRAILER value.");
        return ChecksumAlgorithm.ByHeader(name.Trim())
            ?? throw S3Errors.InvalidRequest("The value specified in the x-amz-trailer header is not supported");
    }

    private static void CheckAnnouncement(S3Request request, ChecksumAlgorithm? algorithm)
    {
        if (request.Header("x-amz-sdk-checksum-algorithm") is not { } announced)
            return;
        if (ChecksumAlgorithm.ByName(announced) is not { } known)
            throw S3Errors.InvalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        // Content-MD5 satisfies S3 too, whatever was announced.
        if (algorithm is null && request.Header("Content-MD5") is null)
            throw S3Errors.InvalidRequest(
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        if (algorithm is not null && algorithm != known)
            throw S3Errors.InvalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
    }

    private static byte[]? ReadMd5(S3Request request)
    {
        if (request.Header("Content-MD5") is not { } text)
            return null;
        var md5 = new byte[16];
        return text.Length == 24 && Convert.TryFromBase64String(text, md5, out var length) && length == 16
            ? md5
            : throw new S3Exception(400, "InvalidDigest", "The Content-MD5 you specified was invalid.").With("Content-MD5", text);
    }
}
