using System.Security.Cryptography;
using System.Text;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Signing;

/// <summary>The text that both sides must arrive at for a signature to match.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</remarks>
internal static class CanonicalRequest
{
    public static string Build(
        string method, RequestTarget target, IHeaderDictionary headers, IEnumerable<string> signedHeaders, string payloadHash)
    {
        // Sorted and lower-cased here, whatever the client did: S3 refuses a signature over any other order.
        var names = signedHeaders.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder()
            .Append(method).Append('\n')
            .Append(target.CanonicalPath).Append('\n')
            .Append(target.Query.Canonical()).Append('\n');
        foreach (var name in names)
            text.Append(name).Append(':').AppendJoin(',', headers[name].Select(value => Collapse(value ?? ""))).Append('\n');
        return text.Append('\n').AppendJoin(';', names).Append('\n').Append(payloadHash).ToString();
    }

    public static string StringToSign(string amzDate, CredentialScope scope, string canonicalRequest) =>
        $"AWS4-HMAC-SHA256\n{amzDate}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";

    /// <summary>Trims, and makes every run of spaces one space.</summary>
    private static string Collapse(string value)
    {
        value = value.Trim();
        while (value.Contains("  ", StringComparison.Ordinal))
            value = value.Replace("  ", " ", StringComparison.Ordinal);
        return value;
    }
}
