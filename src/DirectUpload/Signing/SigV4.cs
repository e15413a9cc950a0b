using System.Security.Cryptography;
using System.Text;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>
/// AWS Signature Version 4 as query parameters, in the order of AWS's own page:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
/// </summary>
internal static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    // Enough for all but very long keys and tokens; those move to the array pool. More would only be more to clear.
    private const int UsualRequest = 1024;
    private const int SignatureLength = SHA256.HashSizeInBytes;

    /// <summary>Presigns one request.</summary>
    public static string PresignUrl(in UrlToSign url)
    {
        var scope = url.Target.ScopeOf(url.Occasion);
        var request = new Utf8Buffer(stackalloc byte[UsualRequest]);
        try
        {
            var marks = AppendStart(ref request, url, scope);
            foreach (var (name, value) in url.Query)
                AppendParameter(ref request, name, value);
            marks.QueryEnd = request.Length;
            AppendRest(ref request, url);
            return Sign(request.Written, marks, url, scope);
        }
        finally
        {
            request.Dispose();
        }
    }

    /// <summary>Presigns an upload's parts, whose requests differ in their part number alone.</summary>
    /// <param name="url">The request that they share, without parameters of its own.</param>
    /// <param name="uploadId">The multipart upload.</param>
    /// <param name="firstPart">The first part's number.</param>
    /// <param name="urls">Takes the URL of each part.</param>
    public static void PresignParts(in UrlToSign url, string uploadId, int firstPart, Span<string> urls)
    {
        var scope = url.Target.ScopeOf(url.Occasion);
        var request = new Utf8Buffer(stackalloc byte[UsualRequest]);
        var afterNumber = new Utf8Buffer(stackalloc byte[UsualRequest]);
        try
        {
            var marks = AppendStart(ref request, url, scope);
            request.Append("&partNumber="u8);
            var numberStart = request.Length;
            AppendParameter(ref afterNumber, "uploadId", uploadId);
            var queryTail = afterNumber.Length;
            AppendRest(ref afterNumber, url);

            for (var at = 0; at < urls.Length; at++)
            {
                request.Truncate(numberStart);
                request.Append((long)firstPart + at);
                marks.QueryEnd = request.Length + queryTail;
                request.Append(afterNumber.Written);
                urls[at] = Sign(request.Written, marks, url, scope);
            }
        }
        finally
        {
            request.Dispose();
            afterNumber.Dispose();
        }
    }

    /// <summary>The signature of a POST policy: the string to sign is the policy's base64 text itself.</summary>
    public static void SignPolicy(ReadOnlySpan<byte> base64Policy, SigningScope scope, Span<byte> signature) =>
        Hashing.Hmac(scope.Key, base64Policy, signature);

    // 1. The canonical request: its path and its query are, letter for letter, those of the URL.
    private static Marks AppendStart(ref Utf8Buffer text, in UrlToSign url, SigningScope scope)
    {
        var marks = default(Marks);
        text.AppendAscii(url.Method);
        text.Append((byte)'\n');
        marks.PathStart = text.Length;
        text.Append(url.Target.BasePath);
        text.AppendEncoded(url.Key, keepSlash: true);
        marks.PathEnd = text.Length;
        text.Append((byte)'\n');
        text.Append(scope.QueryStart);
        text.Append(url.Occasion.Time.Utf8);
        text.Append("&X-Amz-Expires="u8);
        text.Append(url.Occasion.Lifetime.Ticks / TimeSpan.TicksPerSecond);
        text.Append(scope.QueryToken);
        text.Append("&X-Amz-SignedHeaders="u8);
        var at = 0;
        for (; at < url.Headers.Length && url.Headers[at].Name.IsBeforeHost; at++)
            text.Append(url.Headers[at].Name.ListedInQuery);
        text.Append("host"u8);
        for (; at < url.Headers.Length; at++)
            text.Append(url.Headers[at].Name.ListedInQuery);
        return marks;
    }

    private static void AppendParameter(ref Utf8Buffer text, string name, string value)
    {
        text.Append((byte)'&');
        text.AppendAscii(name);
        text.Append((byte)'=');
        text.AppendEncoded(value);
    }

    private static void AppendRest(ref Utf8Buffer text, in UrlToSign url)
    {
        var at = 0;
        for (; at < url.Headers.Length && url.Headers[at].Name.IsBeforeHost; at++)
            AppendHeader(ref text, url.Headers[at]);
        text.Append(url.Target.HostHeader);
        for (; at < url.Headers.Length; at++)
            AppendHeader(ref text, url.Headers[at]);
        text.Append("\n\n"u8);

        at = 0;
        for (; at < url.Headers.Length && url.Headers[at].Name.IsBeforeHost; at++)
            text.Append(url.Headers[at].Name.Listed);
        text.Append("host"u8);
        for (; at < url.Headers.Length; at++)
            text.Append(url.Headers[at].Name.Listed);
        text.Append("\nUNSIGNED-PAYLOAD"u8);
    }

    private static void AppendHeader(ref Utf8Buffer text, in SignedHeader header)
    {
        text.Append(header.Name.Line);
        text.AppendAscii(header.Value);
    }

    private static string Sign(ReadOnlySpan<byte> request, in Marks marks, in UrlToSign url, SigningScope scope)
    {
        // 2. The string to sign, and 3. the signature.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashing.Sha256(request, hash);
        var text = new Utf8Buffer(stackalloc byte[192]);
        text.Append(scope.StringToSignStart);
        text.Append(url.Occasion.Time.Utf8);
        text.Append(scope.StringToSignScope);
        text.AppendHex(hash);
        Span<byte> signature = stackalloc byte[SignatureLength];
        Hashing.Hmac(scope.Key, text.Written, signature);
        text.Dispose();

        // 4. The URL: the signature is the one parameter that is not signed.
        var parts = new UrlParts(url.Target.Origin, request[marks.PathStart..marks.PathEnd], request[(marks.PathEnd + 1)..marks.QueryEnd], signature);
        return string.Create(parts.Length, parts, static (text, parts) => parts.CopyTo(text));
    }

    /// <summary>Where in the canonical request the URL's pieces are; the query begins after the path's line break.</summary>
    private struct Marks
    {
        public int PathStart;
        public int PathEnd;
        public int QueryEnd;
    }

    private readonly ref struct UrlParts(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> path, ReadOnlySpan<byte> query, ReadOnlySpan<byte> signature)
    {
        private const string SignatureParameter = "&X-Amz-Signature=";

        private readonly ReadOnlySpan<byte> _origin = origin;
        private readonly ReadOnlySpan<byte> _path = path;
        private readonly ReadOnlySpan<byte> _query = query;
        private readonly ReadOnlySpan<byte> _signature = signature;

        public int Length => _origin.Length + _path.Length + 1 + _query.Length + SignatureParameter.Length + (2 * _signature.Length);

        public void CopyTo(Span<char> text)
        {
            text = Widen(_origin, text);
            text = Widen(_path, text);
            text[0] = '?';
            text = Widen(_query, text[1..]);
            SignatureParameter.CopyTo(text);
            Convert.TryToHexStringLower(_signature, text[SignatureParameter.Length..], out _);
        }

        private static Span<char> Widen(ReadOnlySpan<byte> ascii, Span<char> text) => text[Encoding.Latin1.GetChars(ascii, text)..];
    }
}
