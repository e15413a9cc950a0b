using System.Globalization;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>A request's body with its framing taken off, held to everything that the request says about it.</summary>
internal sealed class IncomingBody
{
    /// <summary>S3's limit on one PUT: 5 GiB.</summary>
    public const long MaxPut = 5L * 1024 * 1024 * 1024;

    private const long MaxDocument = 2 * 1024 * 1024;

    private readonly Stream _raw;
    private readonly Caller _caller;
    private readonly BodyDemands _demands;
    private readonly long _length;
    private readonly ChecksumAlgorithm? _kept;

    private IncomingBody(Stream raw, Caller caller, BodyDemands demands, long length, ChecksumAlgorithm? kept)
    {
        _raw = raw;
        _caller = caller;
        _demands = demands;
        _length = length;
        _kept = kept;
    }

    /// <summary>The checksum that the client sends with the body; null when it sends none.</summary>
    public ChecksumAlgorithm? Sent => _demands.Algorithm;

    /// <summary>An object's body: its length must be known beforehand.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Its sender.</param>
    /// <param name="kept">The checksum to keep; null for the one that is sent, or S3's default.</param>
    public static IncomingBody OfObject(S3Request request, Caller caller, ChecksumAlgorithm? kept = null)
    {
        var length = DeclaredLength(request, caller)
            ?? throw new S3Exception(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        if (length > MaxPut)
            throw S3Errors.EntityTooLarge(length, MaxPut);
        var demands = BodyDemands.Read(request, caller);
        return new(request.Body, caller, demands, length, kept ?? demands.Algorithm ?? ChecksumAlgorithm.Default);
    }

    /// <summary>Reads an XML document, which may be missing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Its sender.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="checksumIsOfBody">Whether <c>x-amz-checksum-*</c> speaks of this document, and not of an object.</param>
    /// <param name="isDangerous">Whether S3 wants a checksum or Content-MD5, since a damaged document would do damage.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadDocumentAsync(
        S3Request request, Caller caller, CancellationToken cancellationToken, bool checksumIsOfBody = true, bool isDangerous = false)
    {
        var length = DeclaredLength(request, caller) ?? 0;
        if (length > MaxDocument)
            throw new S3Exception(400, "MaxMessageLengthExceeded", "Your request was too big.");
        using var document = new MemoryStream();
        var demands = BodyDemands.Read(request, caller, checksumIsOfBody);
        if (isDangerous && demands is { Md5: null, Algorithm: null })
            throw S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        await new IncomingBody(request.Body, caller, demands, length, demands.Algorithm).CopyToAsync(document, cancellationToken);
        return document.ToArray();
    }

    /// <summary>Copies the body; when this returns, every promise about it was kept.</summary>
    public async Task<BodySummary> CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        using var digests = new BodyDigests(_kept, _demands.Algorithm, _demands.Sha256 is not null);
        using var chunked = _caller.Payload.IsChunked ? new AwsChunkedStream(_raw, _caller) : null;
        await BodyCopy.CopyAsync(chunked ?? _raw, destination, digests, Math.Max(_length, 0), cancellationToken);
        var body = digests.Finish();
        if (body.Length != _length)
            throw S3Errors.IncompleteBody();
        _demands.Verify(body, chunked?.Trailers ?? new Dictionary<string, string>());
        return body;
    }

    private static long? DeclaredLength(S3Request request, Caller caller)
    {
        if (!caller.Payload.IsChunked)
            return request.ContentLength;
        if (request.Header("x-amz-decoded-content-length") is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw S3Errors.InvalidArgument("x-amz-decoded-content-length must be a number", "x-amz-decoded-content-length", text);
    }
}
