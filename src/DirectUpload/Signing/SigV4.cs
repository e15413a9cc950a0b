using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.Signing;

/// <summary>
/// AWS Signature Version 4 as query parameters, in the order of AWS's own page:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
/// </summary>
internal static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    public const string DateFormat = "yyyyMMdd";

    private const int TimeLength = 16;
    // Enough for all but very long keys and tokens; those move to the array pool. More would only be more to clear.
    private const int UsualRequest = 1024;
    private const int UsualUrl = 768;

    /// <summary>Presigns one request.</summary>
    /// <param name="method">The HTTP method, upper-case.</param>
    /// <param name="target">The bucket's address.</param>
    /// <param name="key">The object key, not encoded.</param>
    /// <param name="query">Further query parameters, sorted by name; each name sorts behind "X-Amz-…", as all of S3's do.</param>
    /// <param name="headers">The headers that must be sent, besides Host: lower-case names, sorted.</param>
    /// <param name="credentials">Whose signature it is.</param>
    /// <param name="now">The signing time; fractions of a second are dropped.</param>
    /// <param name="lifetime">How long it works, in whole seconds.</param>
    public static string PresignUrl(
        ReadOnlySpan<byte> method, SigningTarget target, string key,
        ReadOnlySpan<KeyValuePair<string, string>> query, ReadOnlySpan<KeyValuePair<string, string>> headers,
        SigningCredentials credentials, DateTimeOffset now, TimeSpan lifetime)
    {
        var scope = target.ScopeOf(credentials, now);
        var beforeHost = CountBeforeHost(headers);
        var request = new Utf8Buffer(stackalloc byte[UsualRequest]);
        var url = new Utf8Buffer(stackalloc byte[UsualUrl]);
        try
        {
            // 1. The canonical request. Its path and its query are, letter for letter, those of the URL.
            request.Append(method);
            request.Append((byte)'\n');
            var pathStart = request.Length;
            request.Append(target.BasePath);
            request.AppendEncoded(key, keepSlash: true);
            var pathEnd = request.Length;
            request.Append((byte)'\n');
            var queryStart = request.Length;
            var timeStart = AppendQuery(ref request, scope, query, headers, beforeHost, now, lifetime);
            var queryEnd = request.Length;
            request.Append((byte)'\n');
            AppendHeaders(ref request, target, headers, beforeHost);
            request.Append((byte)'\n');
            AppendSignedNames(ref request, headers, beforeHost, ";"u8);
            request.Append("\nUNSIGNED-PAYLOAD"u8);

            // 2. The string to sign, and 3. the signature.
            Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
            Sign(request.Written, request.Written.Slice(timeStart, TimeLength), scope, signature);

            // 4. The URL: the signature is the one parameter that is not signed.
            url.Append(target.Origin);
            url.Append(request.Written[pathStart..pathEnd]);
            url.Append((byte)'?');
            url.Append(request.Written[queryStart..queryEnd]);
            url.Append("&X-Amz-Signature="u8);
            url.AppendHex(signature);
            return Encoding.Latin1.GetString(url.Written);
        }
        finally
        {
            request.Dispose();
            url.Dispose();
        }
    }

    /// <summary>The signature of a POST policy: the string to sign is the policy's base64 text itself. Lower-case hex.</summary>
    public static string SignPolicy(ReadOnlySpan<char> base64Policy, SigningScope scope)
    {
        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        var text = new Utf8Buffer(stackalloc byte[UsualRequest]);
        try
        {
            text.AppendAscii(base64Policy);
            Hashing.Hmac(scope.Key, text.Written, signature);
        }
        finally
        {
            text.Dispose();
        }

        return Convert.ToHexStringLower(signature);
    }

    private static int AppendQuery(
        ref Utf8Buffer text, SigningScope scope, ReadOnlySpan<KeyValuePair<string, string>> query,
        ReadOnlySpan<KeyValuePair<string, string>> headers, int beforeHost, DateTimeOffset now, TimeSpan lifetime)
    {
        text.Append(scope.QueryStart);
        var timeStart = text.Length;
        text.AppendTime(now);
        text.Append("&X-Amz-Expires="u8);
        text.Append((long)lifetime.TotalSeconds);
        text.Append(scope.QueryToken);
        text.Append("&X-Amz-SignedHeaders="u8);
        AppendSignedNames(ref text, headers, beforeHost, "%3B"u8);
        foreach (var (name, value) in query)
        {
            text.Append((byte)'&');
            text.AppendEncoded(name);
            text.Append((byte)'=');
            text.AppendEncoded(value);
        }

        return timeStart;
    }

    private static void AppendHeaders(ref Utf8Buffer text, SigningTarget target, ReadOnlySpan<KeyValuePair<string, string>> headers, int beforeHost)
    {
        for (var at = 0; at <= headers.Length; at++)
        {
            if (at == beforeHost)
            {
                text.Append("host:"u8);
                text.Append(target.Host);
                text.Append((byte)'\n');
            }

            if (at < headers.Length)
            {
                text.AppendAscii(headers[at].Key);
                text.Append((byte)':');
                text.AppendAscii(headers[at].Value);
                text.Append((byte)'\n');
            }
        }
    }

    private static void AppendSignedNames(
        ref Utf8Buffer text, ReadOnlySpan<KeyValuePair<string, string>> headers, int beforeHost, ReadOnlySpan<byte> separator)
    {
        for (var at = 0; at <= headers.Length; at++)
        {
            if (at == beforeHost)
            {
                if (at > 0)
                    text.Append(separator);
                text.Append("host"u8);
            }

            if (at < headers.Length)
            {
                if (at > 0 || beforeHost == 0)
                    text.Append(separator);
                text.AppendAscii(headers[at].Key);
            }
        }
    }

    private static int CountBeforeHost(ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        var count = 0;
        while (count < headers.Length && string.CompareOrdinal(headers[count].Key, "host") < 0)
            count++;
        return count;
    }

    private static void Sign(ReadOnlySpan<byte> canonicalRequest, ReadOnlySpan<byte> time, SigningScope scope, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hashing.Sha256(canonicalRequest, hash);

        var text = new Utf8Buffer(stackalloc byte[256]);
        try
        {
            text.Append(scope.StringToSignStart);
            text.Append(time);
            text.Append(scope.StringToSignScope);
            text.AppendHex(hash);
            Hashing.Hmac(scope.Key, text.Written, signature);
        }
        finally
        {
            text.Dispose();
        }
    }
}
