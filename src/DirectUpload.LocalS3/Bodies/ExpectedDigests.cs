using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>Contains the digests that the client declared; a body with other digests is not stored.</summary>
/// <param name="Md5">The decoded Content-MD5.</param>
/// <param name="Sha256">The signed SHA-256 of the body, in lower-case hexadecimal.</param>
/// <param name="Algorithm">The algorithm of the additional checksum that the client sends.</param>
/// <param name="Checksum">The expected value in base64; null if it follows in a trailer or the client declared none.</param>
/// <param name="InTrailer">True if the expected value follows the body.</param>
internal sealed record ExpectedDigests(byte[]? Md5, string? Sha256, ChecksumAlgorithm? Algorithm, string? Checksum, bool InTrailer)
{
    /// <param name="request">The request.</param>
    /// <param name="caller">The caller of the request.</param>
    /// <param name="withChecksum">False if <c>x-amz-checksum-*</c> does not refer to the body.</param>
    public static ExpectedDigests Read(S3Request request, Caller caller, bool withChecksum = true)
    {
        var (header, value) = withChecksum && ChecksumHeader.Read(request) is { } found ? found : default;
        var trailer = ReadTrailer(request, caller);
        if (header is not null && trailer is not null)
            throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        if (value is not null && !header!.IsWellFormed(value))
            throw S3Errors.InvalidRequest($"Value for {header.HeaderName} header is invalid.");
        var algorithm = header ?? trailer;
        if (withChecksum)
            CheckSdkAlgorithm(request, algorithm);
        return new(
            ParseMd5(request.GetHeader("Content-MD5")), caller.Payload.IsLiteral ? caller.Payload.Text : null, algorithm, value,
            trailer is not null);
    }

    public void Verify(BodyDigests body, IReadOnlyDictionary<string, string> trailers)
    {
        if (Sha256 is not null && Sha256 != body.Sha256)
            throw new S3Exception(400, "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.")
                .WithDetail("ClientComputedContentSHA256", Sha256).WithDetail("S3ComputedContentSHA256", body.Sha256!);
        if (Md5 is not null && !Md5.AsSpan().SequenceEqual(body.Md5))
            throw S3Errors.BadDigest("Content-MD5")
                .WithDetail("ExpectedDigest", Convert.ToBase64String(Md5)).WithDetail("CalculatedDigest", Convert.ToBase64String(body.Md5));

        var expected = Checksum;
        if (InTrailer && !trailers.TryGetValue(Algorithm!.HeaderName, out expected))
            throw new S3Exception(400, "MalformedTrailerError",
                "The request contained trailing data that was not well-formed or did not conform to our published schema.");
        if (expected is not null && expected != body.ClientChecksum)
            throw new S3Exception(400, "BadDigest", $"The {Algorithm!.Name} you specified did not match the calculated checksum.");
    }

    private static ChecksumAlgorithm? ReadTrailer(S3Request request, Caller caller)
    {
        if (request.GetHeader("x-amz-trailer") is not { } name)
            return null;
        if (!caller.Payload.HasTrailer)
            throw S3Errors.InvalidRequest(
                "x-amz-trailer needs a body with trailers: x-amz-content-sha256 must be a STREAMING-…-TRAILER value.");
        return ChecksumAlgorithm.FindByHeader(name.Trim())
            ?? throw S3Errors.InvalidRequest("The value specified in the x-amz-trailer header is not supported");
    }

    private static void CheckSdkAlgorithm(S3Request request, ChecksumAlgorithm? algorithm)
    {
        if (request.GetHeader("x-amz-sdk-checksum-algorithm") is not { } announced)
            return;
        if (ChecksumAlgorithm.FindByName(announced) is not { } known)
            throw S3Errors.InvalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        // S3 also accepts Content-MD5 instead of an announced checksum.
        if (algorithm is null && request.GetHeader("Content-MD5") is null)
            throw S3Errors.InvalidRequest(
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        if (algorithm is not null && algorithm != known)
            throw S3Errors.InvalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
    }

    /// <summary>Decodes a Content-MD5 of a header or a form field; null for none.</summary>
    public static byte[]? ParseMd5(string? text)
    {
        if (text is null)
            return null;
        var md5 = new byte[16];
        return text.Length == 24 && Convert.TryFromBase64String(text, md5, out var length) && length == 16
            ? md5
            : throw new S3Exception(400, "InvalidDigest", "The Content-MD5 you specified was invalid.").WithDetail("Content-MD5", text);
    }
}
