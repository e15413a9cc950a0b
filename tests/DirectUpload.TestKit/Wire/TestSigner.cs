using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.TestKit;

/// <summary>Signs requests with a second implementation of Signature Version 4.</summary>
/// <remarks>
/// It shares no code with the library, so that tests detect an error in either. The published test vectors verify it.
/// </remarks>
public sealed record TestSigner(S3Access Access)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public DateTimeOffset SignedAt { get; init; } = DateTimeOffset.UtcNow;
    public string? SessionToken { get; init; }
    public string Host { get; init; } = Access.Host;
    public string Service { get; init; } = "s3";

    public string Timestamp => SignedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    public string Credential => $"{Access.AccessKey}/{Scope}";
    private string Date => Timestamp[..8];
    private string Scope => $"{Date}/{Access.Region}/{Service}/aws4_request";

    /// <summary>Signs the host and every header of the request, and adds the signature to the query.</summary>
    public WireRequest Presign(WireRequest request, long expiresSeconds = 900)
    {
        var unsigned = request
            .WithQuery("X-Amz-Algorithm", Algorithm)
            .WithQuery("X-Amz-Credential", Credential)
            .WithQuery("X-Amz-Date", Timestamp)
            .WithQuery("X-Amz-Expires", expiresSeconds.ToString(CultureInfo.InvariantCulture))
            .WithQuery("X-Amz-SignedHeaders", GetSignedHeaderNames(request));
        if (SessionToken is not null) unsigned = unsigned.WithQuery("X-Amz-Security-Token", SessionToken);
        return unsigned.WithQuery("X-Amz-Signature", Sign(CreateCanonicalRequest(unsigned, "UNSIGNED-PAYLOAD")));
    }

    /// <summary>Signs the request with the hash of its body, or with the given hash, and adds the Authorization header.</summary>
    public WireRequest Authorize(WireRequest request, string? contentSha256 = null)
    {
        contentSha256 ??= ToHex(SHA256.HashData(request.Body.Span));
        var unsigned = request.WithHeader("x-amz-date", Timestamp).WithHeader("x-amz-content-sha256", contentSha256);
        if (SessionToken is not null) unsigned = unsigned.WithHeader("x-amz-security-token", SessionToken);
        var signature = Sign(CreateCanonicalRequest(unsigned, contentSha256));
        return unsigned.WithHeader("authorization",
            $"{Algorithm} Credential={Credential}, SignedHeaders={GetSignedHeaderNames(unsigned)}, Signature={signature}");
    }

    /// <summary>Signs the base64 text of a POST policy.</summary>
    public string SignPolicy(string base64) => ToHex(HMACSHA256.HashData(SigningKey(), Encoding.UTF8.GetBytes(base64)));

    public string CreateCanonicalRequest(WireRequest request, string payload)
    {
        var query = request.Query
            .Select(p => (Name: UriEncoding.EncodeValue(p.Key), Value: UriEncoding.EncodeValue(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        var headers = GetSignedHeaders(request).Select(h => $"{h.Key}:{h.Value.Trim()}\n");
        return $"{request.Method}\n{request.Path}\n{string.Join('&', query)}\n{string.Concat(headers)}\n"
            + $"{GetSignedHeaderNames(request)}\n{payload}";
    }

    private string Sign(string canonical)
    {
        var hash = ToHex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        return ToHex(HMACSHA256.HashData(SigningKey(), Encoding.UTF8.GetBytes($"{Algorithm}\n{Timestamp}\n{Scope}\n{hash}")));
    }

    private byte[] SigningKey() => new[] { Date, Access.Region, Service, "aws4_request" }.Aggregate(
        Encoding.UTF8.GetBytes("AWS4" + Access.SecretKey),
        (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));

    private SortedDictionary<string, string> GetSignedHeaders(WireRequest request) =>
        new(request.Headers.ToDictionary(), StringComparer.Ordinal) { ["host"] = request.Host ?? Host };

    private string GetSignedHeaderNames(WireRequest request) => string.Join(';', GetSignedHeaders(request).Keys);

    private static string ToHex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
