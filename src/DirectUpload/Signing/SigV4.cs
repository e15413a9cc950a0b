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
    private const int UsualStringToSign = 192;

    /// <summary>Presigns one request.</summary>
    public static string PresignUrl(in UrlToSign url)
    {
        var names = SignedHeaderNames.Of(url.Headers);
        var request = new Utf8Buffer(stackalloc byte[UsualRequest]);
        try
        {
            var marks = AppendStart(ref request, url, names);
            foreach (var (name, value) in url.Query)
                AppendParameter(ref request, name, value);
            marks.QueryEnd = request.Length;
            AppendRest(ref request, url, names);
            return Sign(request.Written, marks, url.Occasion);
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
        var names = SignedHeaderNames.Of(url.Headers);
        var request = new Utf8Buffer(stackalloc byte[UsualRequest]);
        var afterNumber = new Utf8Buffer(stackalloc byte[UsualRequest]);
        try
        {
            var marks = AppendStart(ref request, url, names);
            request.Append("&partNumber="u8);
            var numberStart = request.Length;
            AppendParameter(ref afterNumber, "uploadId", uploadId);
            var queryTail = afterNumber.Length;
            AppendRest(ref afterNumber, url, names);

            for (var at = 0; at < urls.Length; at++)
            {
                request.Truncate(numberStart);
                request.Append((long)firstPart + at);
                marks.QueryEnd = request.Length + queryTail;
                request.Append(afterNumber.Written);
                urls[at] = Sign(request.Written, marks, url.Occasion);
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
    private static Marks AppendStart(ref Utf8Buffer text, in UrlToSign url, SignedHeaderNames names)
    {
        var marks = default(Marks);
        text.AppendAscii(url.Method);
        text.Append((byte)'\n');
        marks.PathStart = text.Length;
        text.Append(url.Occasion.Target.BasePath);
        text.AppendEncoded(url.Key, keepSlash: true);
        marks.PathEnd = text.Length;
        text.Append((byte)'\n');
        text.Append(url.Occasion.QueryStart);
        text.Append(names.ListedInQuery);
        return marks;
    }

    private static void AppendParameter(ref Utf8Buffer text, string name, string value)
    {
        text.Append((byte)'&');
        text.AppendAscii(name);
        text.Append((byte)'=');
        text.AppendEncoded(value);
    }

    private static void AppendRest(ref Utf8Buffer text, in UrlToSign url, SignedHeaderNames names)
    {
        foreach (var header in url.Headers[..names.BeforeHost])
            AppendHeader(ref text, header);
        text.Append(url.Occasion.Target.HostHeader);
        foreach (var header in url.Headers[names.BeforeHost..])
            AppendHeader(ref text, header);
        text.Append("\n\n"u8);
        text.Append(names.Listed);
        text.Append("\nUNSIGNED-PAYLOAD"u8);
    }

    private static void AppendHeader(ref Utf8Buffer text, in SignedHeader header)
    {
        text.Append(header.Name.Line);
        text.AppendAscii(header.Value);
    }

    private static string Sign(ReadOnlySpan<byte> request, in Marks marks, SigningOccasion occasion)
    {
        // 2. The string to sign, and 3. the signature.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashing.Sha256(request, hash);
        var start = occasion.StringToSignStart;
        var length = start.Length + (2 * hash.Length);
        Span<byte> text = length <= UsualStringToSign ? stackalloc byte[UsualStringToSign] : new byte[length];
        start.CopyTo(text);
        Convert.TryToHexStringLower(hash, text[start.Length..], out _);
        Hashing.Hmac(occasion.Scope.Key, text[..length], hash);

        // 4. The URL: the signature is the one parameter that is not signed.
        var parts = new UrlParts(occasion.Target.Origin, request[marks.PathStart..marks.QueryEnd], marks.PathEnd - marks.PathStart, hash);
        return string.Create(parts.Length, parts, static (text, parts) => parts.CopyTo(text));
    }

    /// <summary>Where in the canonical request the URL's pieces are; the query begins after the path's line break.</summary>
    private struct Marks
    {
        public int PathStart;
        public int PathEnd;
        public int QueryEnd;
    }

    // The path and the query stand in the canonical request as in the URL, but for the line break between them.
    private readonly ref struct UrlParts(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> pathAndQuery, int pathLength, ReadOnlySpan<byte> signature)
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
