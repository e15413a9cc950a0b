using System.Security.Cryptography;
using System.Text;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;

namespace DirectUpload.LocalS3.Tests.Routing;

/// <summary>Creates a request with one additional header, signed in its Authorization header; SDKs cannot send every header.</summary>
internal static class SignedRequest
{
    public static HttpRequestMessage Create(Uri endpoint, string method, string target, string name, string value)
    {
        var options = new LocalS3Options();
        var date = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = endpoint.Authority,
            ["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD",
            ["x-amz-date"] = date,
            [name] = value,
        };
        var scope = new CredentialScope(options.AccessKey, date[..8], options.Region, "s3");
        var parsed = RequestTarget.Parse(target);
        var signed = string.Join(';', headers.Keys);
        var canonical = $"{method}\n{parsed.CanonicalPath}\n{parsed.Query.ToCanonicalString()}\n" +
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")) + $"\n{signed}\nUNSIGNED-PAYLOAD";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var signature = SigningKey.Derive(options.SecretKey, scope).Sign($"AWS4-HMAC-SHA256\n{date}\n{scope}\n{hash}");

        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(endpoint, target));
        if (method is "PUT" or "POST")
            request.Content = new ByteArrayContent([]);
        foreach (var (header, text) in headers.Where(header => header.Key != "host"))
            request.Headers.TryAddWithoutValidation(header, text);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={scope.AccessKey}/{scope}, SignedHeaders={signed}, Signature={signature}");
        return request;
    }
}
