using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.TestKit;

/// <summary>
/// A second SigV4, written for the tests and sharing nothing with the library's, so that what both agree on is not one mistake
/// made twice. Held to the published vectors by TestSigner_is_held_to_the_vectors.
/// </summary>
public sealed record TestSigner(S3Access Access)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public DateTimeOffset At { get; init; } = DateTimeOffset.UtcNow;
    public string? SessionToken { get; init; }
    public string Host { get; init; } = Access.Host;
    public string Service { get; init; } = "s3";

    public string Timestamp => At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    public string Credential => $"{Access.AccessKey}/{Scope}";
    private string Date => Timestamp[..8];
    private string Scope => $"{Date}/{Access.Region}/{Service}/aws4_request";

    /// <summary>Signs into the query: the host and every header that the request has.</summary>
    public WireRequest Presign(WireRequest request, long expiresSeconds = 900)
    {
        var unsigned = request
            .WithQuery("X-Amz-Algorithm", Algorithm)
            .WithQuery("X-Amz-Credential", Credential)
            .WithQuery("X-Amz-Date", Timestamp)
            .WithQuery("X-Amz-Expires", expiresSeconds.ToString(CultureInfo.InvariantCulture))
            .WithQuery("X-Amz-SignedHeaders", SignedNames(request));
        if (SessionToken is not null) unsigned = unsigned.WithQuery("X-Amz-Security-Token", SessionToken);
        return unsigned.WithQuery("X-Amz-Signature", Sign(Canonical(unsigned, "UNSIGNED-PAYLOAD")));
    }

    /// <summary>Signs into the Authorization header, the body's hash included unless another is given.</summary>
    public WireRequest Authorize(WireRequest request, string? contentSha256 = null)
    {
        contentSha256 ??= Hex(SHA256.HashData(request.Body.Span));
        var unsigned = request.WithHeader("x-amz-date", Timestamp).WithHeader("x-amz-content-sha256", contentSha256);
        if (SessionToken is not null) unsigned = unsigned.WithHeader("x-amz-security-token", SessionToken);
        var signature = Sign(Canonical(unsigned, contentSha256));
        return unsigned.WithHeader("authorization",
            $"{Algorithm} Credential={Credential}, SignedHeaders={SignedNames(unsigned)}, Signature={signature}");
    }

    /// <summary>The signature of a POST policy's base64 text.</summary>
    public string SignPolicy(string base64) => Hex(HMACSHA256.HashData(SigningKey(), Encoding.UTF8.GetBytes(base64)));

    public string Canonical(WireRequest request, string payload)
    {
        var query = request.Query
            .Select(p => (Name: UriEncoding.Value(p.Key), Value: UriEncoding.Value(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        var headers = Signed(request).Select(h => $"{h.Key}:{h.Value.Trim()}\n");
        return $"{request.Method}\n{request.Path}\n{string.Join('&', query)}\n{string.Concat(headers)}\n{SignedNames(request)}\n{payload}";
    }

    private string Sign(string canonical)
    {
        var hash = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        return Hex(HMACSHA256.HashData(SigningKey(), Encoding.UTF8.GetBytes($"{Algorithm}\n{Timestamp}\n{Scope}\n{hash}")));
    }

    private byte[] SigningKey() => new[] { Date, Access.Region, Service, "aws4_request" }.Aggregate(
        Encoding.UTF8.GetBytes("AWS4" + Access.SecretKey),
        (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));

    private SortedDictionary<string, string> Signed(WireRequest request) =>
        new(request.Headers.ToDictionary(), StringComparer.Ordinal) { ["host"] = request.Host ?? Host };

    private string SignedNames(WireRequest request) => string.Join(';', Signed(request).Keys);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
