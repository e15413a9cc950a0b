using System.Globalization;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;
using DirectUpload.Primitives;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>Reads a request's body without its framing and verifies its declared length and digests.</summary>
internal sealed class RequestBody
{
    /// <summary>S3's maximum size of one PUT: 5 GiB.</summary>
    public const long MaxObjectSize = S3Limits.MaxSinglePutSize;

    private const long MaxDocumentSize = 2 * 1024 * 1024;

    private readonly Stream _raw;
    private readonly Caller _caller;
    private readonly ExpectedDigests _expected;
    private readonly long _length;
    private readonly ChecksumAlgorithm? _storedAlgorithm;

    private RequestBody(Stream raw, Caller caller, ExpectedDigests demands, long length, ChecksumAlgorithm? kept)
    {
        _raw = raw;
        _caller = caller;
        _expected = demands;
        _length = length;
        _storedAlgorithm = kept;
    }

    /// <summary>The algorithm of the checksum that the client sends with the body; null if it sends none.</summary>
    public ChecksumAlgorithm? ClientAlgorithm => _expected.Algorithm;

    /// <summary>Creates the body of an object, whose length must be declared.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">The caller of the request.</param>
    /// <param name="kept">The algorithm of the checksum to store; null for the client's algorithm or S3's default.</param>
    public static RequestBody CreateForObject(S3Request request, Caller caller, ChecksumAlgorithm? kept = null)
    {
        var length = GetDeclaredLength(request, caller)
            ?? throw new S3Exception(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        if (length > MaxObjectSize)
            throw S3Errors.EntityTooLarge(length, MaxObjectSize);
        var demands = ExpectedDigests.Read(request, caller);
        return new(request.Body, caller, demands, length, kept ?? demands.Algorithm ?? ChecksumAlgorithm.Default);
    }

    /// <summary>Reads an XML document, which may be empty.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">The caller of the request.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <param name="checksumIsOfBody">True if <c>x-amz-checksum-*</c> refers to this document instead of an object.</param>
    /// <param name="isDangerous">True if S3 requires a checksum or Content-MD5, because a corrupt document would cause damage.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadDocumentAsync(
        S3Request request, Caller caller, CancellationToken cancellationToken, bool checksumIsOfBody = true, bool isDangerous = false)
    {
        var length = GetDeclaredLength(request, caller) ?? 0;
        if (length > MaxDocumentSize)
            throw new S3Exception(400, "MaxMessageLengthExceeded", "Your request was too big.");
        using var document = new MemoryStream();
        var demands = ExpectedDigests.Read(request, caller, checksumIsOfBody);
        if (isDangerous && demands is { Md5: null, Algorithm: null })
            throw S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        await new RequestBody(request.Body, caller, demands, length, demands.Algorithm).CopyToAsync(document, cancellationToken);
        return document.ToArray();
    }

    /// <summary>Copies the body; when this method returns, all declared values have been verified.</summary>
    public async Task<BodyDigests> CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        using var digests = new BodyHasher(_storedAlgorithm, _expected.Algorithm, _expected.Sha256 is not null);
        using var chunked = _caller.Payload.IsChunked ? new AwsChunkedStream(_raw, _caller) : null;
        await BodyCopy.CopyAsync(chunked ?? _raw, destination, digests, Math.Max(_length, 0), cancellationToken);
        var body = digests.Finish();
        if (body.Length != _length)
            throw S3Errors.IncompleteBody();
        _expected.Verify(body, chunked?.Trailers ?? new Dictionary<string, string>());
        return body;
    }

    private static long? GetDeclaredLength(S3Request request, Caller caller)
    {
        var decoded = caller.Payload.IsChunked ? request.GetHeader("x-amz-decoded-content-length") : null;
        // S3 accepts a body of undeclared length only if aws-chunked declares the length of the content.
        if (decoded is null && request.GetHeader("Transfer-Encoding") is not null)
            throw S3Errors.NotImplemented("Transfer-Encoding");
        if (!caller.Payload.IsChunked)
            return request.ContentLength;
        if (decoded is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw S3Errors.InvalidArgument("x-amz-decoded-content-length must be a number", "x-amz-decoded-content-length", text);
    }
}
