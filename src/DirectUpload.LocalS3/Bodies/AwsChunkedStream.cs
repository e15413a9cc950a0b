using System.Globalization;
using System.Security.Cryptography;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;

namespace DirectUpload.LocalS3.Bodies;

/// <summary>Decodes the <c>aws-chunked</c> framing of a body.</summary>
/// <remarks>
/// The body is a sequence of <c>SIZE[;chunk-signature=…]</c> and bytes up to an empty chunk, and then trailing headers. The stream returns
/// bytes before it has verified their chunk's signature, so the caller must not store anything before the end.
/// </remarks>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</remarks>
internal sealed class AwsChunkedStream(Stream raw, Caller caller) : ReadOnlyStream
{
    /// <summary>S3's minimum size of every chunk but the last, in bytes.</summary>
    private const long MinChunkSize = 8192;

    private const string SignaturePrefix = "chunk-signature=";

    private readonly ChunkLineReader _input = new(raw);
    private readonly Dictionary<string, string> _trailers = new(StringComparer.OrdinalIgnoreCase);
    private readonly IncrementalHash? _chunkHash = caller.Chunks is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _remaining;
    private bool _sawSmallChunk;
    private string _signature = "";
    private bool _isComplete;

    /// <summary>The trailing headers; empty until the end has been read.</summary>
    public IReadOnlyDictionary<string, string> Trailers => _trailers;

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        if (_remaining == 0 && !_isComplete)
            await BeginChunkAsync(cancellationToken);
        if (_isComplete || destination.IsEmpty)
            return 0;
        var read = await _input.ReadAsync(destination[..(int)Math.Min(destination.Length, _remaining)], cancellationToken);
        if (read == 0)
            throw S3Errors.IncompleteBody();
        _chunkHash?.AppendData(destination.Span[..read]);
        _remaining -= read;
        if (_remaining == 0)
        {
            if (await _input.ReadLineAsync(cancellationToken) is not "")
                throw S3Errors.IncompleteBody();
            VerifyChunk();
        }
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _chunkHash?.Dispose();
        _input.Dispose();
        base.Dispose(disposing);
    }

    private async Task BeginChunkAsync(CancellationToken cancellationToken)
    {
        var line = await _input.ReadLineAsync(cancellationToken) ?? throw S3Errors.IncompleteBody();
        var parts = line.Split(';', 2);
        if (!long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _remaining) || _remaining < 0)
            throw S3Errors.IncompleteBody();
        if (_remaining > 0 && _sawSmallChunk)
            throw new S3Exception(403, "InvalidChunkSizeError", "Only the last chunk is allowed to have a size less than 8192 bytes");
        _sawSmallChunk = _remaining < MinChunkSize;
        var extension = parts.Length == 2 ? parts[1] : "";
        _signature = extension.StartsWith(SignaturePrefix, StringComparison.Ordinal) ? extension[SignaturePrefix.Length..] : "";
        if (_remaining > 0)
            return;
        VerifyChunk();
        await ReadTrailersAsync(cancellationToken);
        // HTTP's own framing may end after the trailers; the connection can be reused only after its end.
        await _input.SkipToEndAsync(cancellationToken);
        _isComplete = true;
    }

    private void VerifyChunk() => caller.Chunks?.VerifyChunk(_chunkHash!.GetHashAndReset(), _signature);

    private async Task ReadTrailersAsync(CancellationToken cancellationToken)
    {
        var signature = "";
        while (await _input.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !caller.Payload.HasTrailer)
                throw S3Errors.IncompleteBody();
            var (name, value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name == "x-amz-trailer-signature")
                signature = value;
            else if (!_trailers.TryAdd(name, value))
                throw S3Errors.IncompleteBody();
        }
        if (caller.Payload.HasTrailer)
            caller.Chunks?.VerifyTrailer(GetCanonicalTrailers(_trailers), signature);
    }

    private static string GetCanonicalTrailers(Dictionary<string, string> trailers) =>
        string.Concat(trailers.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}:{t.Value}\n"));
}
