using System.Security.Cryptography;
using System.Text;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning;

/// <summary>Signs requests with AWS Signature Version 4 in query parameters.</summary>
/// <remarks>
/// The code follows the order of the AWS documentation.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
/// </remarks>
internal static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    // Sufficient except for very long keys and tokens, which move to the array pool. A larger buffer would take longer to clear.
    private const int RequestBufferSize = 1024;
    private const int StringToSignBufferSize = 192;

    /// <summary>Presigns one request.</summary>
    public static string PresignUrl(in UrlToSign url)
    {
        var names = SignedHeaderNames.GetOrCreate(url.Headers);
        var request = new Utf8Buffer(stackalloc byte[RequestBufferSize]);
        try
        {
            var offsets = AppendMethodAndPath(ref request, url, names);
            foreach (var (name, value) in url.Query)
                AppendParameter(ref request, name, value);
            offsets.QueryEnd = request.Length;
            AppendHeadersAndPayloadHash(ref request, url, names);
            return Sign(request.Written, offsets, url.Context);
        }
        finally
        {
            request.Dispose();
        }
    }

    /// <summary>Presigns the parts of a multipart upload; the requests differ only in their part number.</summary>
    /// <param name="url">The shared request, without query parameters.</param>
    /// <param name="uploadId">The id of the multipart upload.</param>
    /// <param name="firstPart">The number of the first part.</param>
    /// <param name="urls">Receives the URL of each part.</param>
    public static void PresignParts(in UrlToSign url, string uploadId, int firstPart, Span<string> urls)
    {
        var names = SignedHeaderNames.GetOrCreate(url.Headers);
        var request = new Utf8Buffer(stackalloc byte[RequestBufferSize]);
        var afterNumber = new Utf8Buffer(stackalloc byte[RequestBufferSize]);
        try
        {
            var offsets = AppendMethodAndPath(ref request, url, names);
            request.Append("&partNumber="u8);
            var numberStart = request.Length;
            AppendParameter(ref afterNumber, "uploadId", uploadId);
            var queryTail = afterNumber.Length;
            AppendHeadersAndPayloadHash(ref afterNumber, url, names);

            for (var at = 0; at < urls.Length; at++)
            {
                request.Truncate(numberStart);
                request.Append((long)firstPart + at);
                offsets.QueryEnd = request.Length + queryTail;
                request.Append(afterNumber.Written);
                urls[at] = Sign(request.Written, offsets, url.Context);
            }
        }
        finally
        {
            request.Dispose();
            afterNumber.Dispose();
        }
    }

    /// <summary>Computes the signature of a POST policy; the string to sign is the base64 text of the policy.</summary>
    public static void SignPolicy(ReadOnlySpan<byte> base64Policy, SigningScope scope, Span<byte> signature) =>
        Hashing.Hmac(scope.Key, base64Policy, signature);

    // 1. The canonical request, whose path and query are identical to those of the URL.
    private static RequestOffsets AppendMethodAndPath(ref Utf8Buffer text, in UrlToSign url, SignedHeaderNames names)
    {
        var offsets = default(RequestOffsets);
        text.AppendAscii(url.Method);
        text.Append((byte)'\n');
        offsets.PathStart = text.Length;
        text.Append(url.Context.Target.BasePath);
        text.AppendEncoded(url.Key, keepSlash: true);
        offsets.PathEnd = text.Length;
        text.Append((byte)'\n');
        text.Append(url.Context.QueryStart);
        text.Append(names.JoinedForQuery);
        return offsets;
    }

    private static void AppendParameter(ref Utf8Buffer text, string name, string value)
    {
        text.Append((byte)'&');
        text.AppendAscii(name);
        text.Append((byte)'=');
        text.AppendEncoded(value);
    }

    private static void AppendHeadersAndPayloadHash(ref Utf8Buffer text, in UrlToSign url, SignedHeaderNames names)
    {
        foreach (var header in url.Headers[..names.BeforeHostCount])
            AppendHeader(ref text, header);
        text.Append(url.Context.Target.HostHeader);
        foreach (var header in url.Headers[names.BeforeHostCount..])
            AppendHeader(ref text, header);
        text.Append("\n\n"u8);
        text.Append(names.Joined);
        text.Append("\nUNSIGNED-PAYLOAD"u8);
    }

    private static void AppendHeader(ref Utf8Buffer text, in SignedHeader header)
    {
        text.Append(header.Name.CanonicalPrefix);
        text.AppendAscii(header.Value);
    }

    private static string Sign(ReadOnlySpan<byte> request, in RequestOffsets offsets, SigningContext context)
    {
        // 2. The string to sign, and 3. the signature.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashing.Sha256(request, hash);
        var start = context.StringToSignStart;
        var length = start.Length + (2 * hash.Length);
        Span<byte> text = length <= StringToSignBufferSize ? stackalloc byte[StringToSignBufferSize] : new byte[length];
        start.CopyTo(text);
        Convert.TryToHexStringLower(hash, text[start.Length..], out _);
        Hashing.Hmac(context.Scope.Key, text[..length], hash);

        // 4. The URL. The signature is the only parameter that is not signed.
        var parts = new UrlParts(
            context.Target.Origin, request[offsets.PathStart..offsets.QueryEnd],
            offsets.PathEnd - offsets.PathStart, hash);
        return string.Create(parts.Length, parts, static (text, parts) => parts.CopyTo(text));
    }

    /// <summary>The offsets of the parts of the URL in the canonical request; the query starts after the line break of the path.</summary>
    private struct RequestOffsets
    {
        public int PathStart;
        public int PathEnd;
        public int QueryEnd;
    }

    // The canonical request contains the path and the query of the URL, separated by a line break.
    private readonly ref struct UrlParts(
        ReadOnlySpan<byte> origin, ReadOnlySpan<byte> pathAndQuery, int pathLength, ReadOnlySpan<byte> signature)
    {
        private const string SignatureParameter = "&X-Amz-Signature=";

        private readonly ReadOnlySpan<byte> _origin = origin;
        private readonly ReadOnlySpan<byte> _pathAndQuery = pathAndQuery;
        private readonly ReadOnlySpan<byte> _signature = signature;

        public int Length => _origin.Length + _pathAndQuery.Length + SignatureParameter.Length + (2 * _signature.Length);

        public void CopyTo(Span<char> text)
        {
            var path = Widen(_origin, text);
            var rest = Widen(_pathAndQuery, path);
            path[pathLength] = '?';
            SignatureParameter.CopyTo(rest);
            Convert.TryToHexStringLower(_signature, rest[SignatureParameter.Length..], out _);
        }

        private static Span<char> Widen(ReadOnlySpan<byte> ascii, Span<char> text) => text[Encoding.Latin1.GetChars(ascii, text)..];
    }
}
