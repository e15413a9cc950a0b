using System.Globalization;
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
        string method, SigningTarget target, string key,
        ReadOnlySpan<KeyValuePair<string, string>> query, ReadOnlySpan<KeyValuePair<string, string>> headers,
        SigningCredentials credentials, DateTimeOffset now, TimeSpan lifetime)
    {
        var request = new Utf8Buffer(stackalloc byte[2048]);
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
            AppendQuery(ref request, target, query, headers, credentials, now, lifetime);
            var queryEnd = request.Length;
            request.Append((byte)'\n');
            AppendHeaders(ref request, target, headers);
            request.Append((byte)'\n');
            AppendSignedNames(ref request, headers, ";"u8);
            request.Append("\nUNSIGNED-PAYLOAD"u8);

            // 2. The string to sign, and 3. the signature.
            Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
            Sign(request.Written, target, credentials, now, signature);

            // 4. The URL: the signature is the one parameter that is not signed.
            var url = new Utf8Buffer(stackalloc byte[2048]);
            try
            {
                url.Append(target.Origin);
                url.Append(request.Written[pathStart..pathEnd]);
                url.Append((byte)'?');
                url.Append(request.Written[queryStart..queryEnd]);
                url.Append("&X-Amz-Signature="u8);
                url.AppendHex(signature);
                return Encoding.ASCII.GetString(url.Written);
            }
            finally
            {
                url.Dispose();
            }
        }
        finally
        {
            request.Dispose();
        }
    }

    /// <summary>The signature of a POST policy: the string to sign is the policy's base64 text itself. Lower-case hex.</summary>
    public static string SignPolicy(ReadOnlySpan<byte> base64Policy, SigningTarget target, SigningCredentials credentials, DateTimeOffset now)
    {
        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(SigningKey.For(credentials, now, target.Region), base64Policy, signature);
        return Convert.ToHexStringLower(signature);
    }

    /// <summary>Who signs, and for which day, region and service: <c>AKID/20130524/us-east-1/s3/aws4_request</c>.</summary>
    public static string Credential(SigningTarget target, SigningCredentials credentials, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{credentials.AccessKey}/{now.UtcDateTime:yyyyMMdd}/{target.Region}/s3/aws4_request");

    private static void AppendQuery(
        ref Utf8Buffer text, SigningTarget target, ReadOnlySpan<KeyValuePair<string, string>> query,
        ReadOnlySpan<KeyValuePair<string, string>> headers, SigningCredentials credentials, DateTimeOffset now, TimeSpan lifetime)
    {
        text.Append("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="u8);
        text.AppendEncoded(credentials.AccessKey);
        text.Append("%2F"u8);
        AppendScope(ref text, target, now, "%2F"u8);
        text.Append("&X-Amz-Date="u8);
        text.Append(now, TimeFormat);
        text.Append("&X-Amz-Expires="u8);
        text.Append((long)lifetime.TotalSeconds);
        if (credentials.SessionToken is { Length: > 0 } session)
        {
            text.Append("&X-Amz-Security-Token="u8);
            text.AppendEncoded(session);
        }

        text.Append("&X-Amz-SignedHeaders="u8);
        AppendSignedNames(ref text, headers, "%3B"u8);
        foreach (var (name, value) in query)
        {
            text.Append((byte)'&');
            text.AppendEncoded(name);
            text.Append((byte)'=');
            text.AppendEncoded(value);
        }
    }

    private static void AppendHeaders(ref Utf8Buffer text, SigningTarget target, ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        var hostDone = false;
        foreach (var (name, value) in headers)
        {
            if (!hostDone && string.CompareOrdinal(name, "host") > 0)
            {
                AppendHost(ref text, target);
                hostDone = true;
            }

            text.Append(name);
            text.Append((byte)':');
            text.Append(value);
            text.Append((byte)'\n');
        }

        if (!hostDone)
            AppendHost(ref text, target);
    }

    private static void AppendHost(ref Utf8Buffer text, SigningTarget target)
    {
        text.Append("host:"u8);
        text.Append(target.Host);
        text.Append((byte)'\n');
    }

    private static void AppendSignedNames(ref Utf8Buffer text, ReadOnlySpan<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> separator)
    {
        var hostDone = false;
        foreach (var (name, _) in headers)
        {
            if (!hostDone && string.CompareOrdinal(name, "host") > 0)
            {
                text.Append("host"u8);
                text.Append(separator);
                hostDone = true;
            }

            text.Append(name);
            text.Append(separator);
        }

        if (hostDone)
            text.RemoveLast(separator.Length);
        else
            text.Append("host"u8);
    }

    private static void AppendScope(ref Utf8Buffer text, SigningTarget target, DateTimeOffset now, ReadOnlySpan<byte> slash)
    {
        text.Append(now, DateFormat);
        text.Append(slash);
        text.Append(target.Region);
        text.Append(slash);
        text.Append("s3"u8);
        text.Append(slash);
        text.Append("aws4_request"u8);
    }

    private static void Sign(
        ReadOnlySpan<byte> canonicalRequest, SigningTarget target, SigningCredentials credentials, DateTimeOffset now, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonicalRequest, hash);

        var text = new Utf8Buffer(stackalloc byte[256]);
        try
        {
            text.Append("AWS4-HMAC-SHA256\n"u8);
            text.Append(now, TimeFormat);
            text.Append((byte)'\n');
            AppendScope(ref text, target, now, "/"u8);
            text.Append((byte)'\n');
            text.AppendHex(hash);
            HMACSHA256.HashData(SigningKey.For(credentials, now, target.Region), text.Written, signature);
        }
        finally
        {
            text.Dispose();
        }
    }
}
