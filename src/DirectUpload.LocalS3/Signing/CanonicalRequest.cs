using System.Security.Cryptography;
using System.Text;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Builds the canonical request that the client and the server sign.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</remarks>
internal static class CanonicalRequest
{
    public static string Build(
        string method, RequestTarget target, IHeaderDictionary headers, IEnumerable<string> signedHeaders, string payloadHash)
    {
        // The names are sorted and lower-cased here in any case: S3 refuses a signature over another order.
        var names = signedHeaders.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder()
            .Append(method).Append('\n')
            .Append(target.CanonicalPath).Append('\n')
            .Append(target.Query.ToCanonicalString()).Append('\n');
        foreach (var name in names)
            text.Append(name).Append(':').AppendJoin(',', headers[name].Select(value => Collapse(value ?? ""))).Append('\n');
        return text.Append('\n').AppendJoin(';', names).Append('\n').Append(payloadHash).ToString();
    }

    public static string StringToSign(string amzDate, CredentialScope scope, string canonicalRequest) =>
        $"AWS4-HMAC-SHA256\n{amzDate}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";

    /// <summary>Trims a value and replaces each run of spaces with one space.</summary>
    private static string Collapse(string value)
    {
        value = value.Trim(' ', '\t');
        while (value.Contains("  ", StringComparison.Ordinal))
            value = value.Replace("  ", " ", StringComparison.Ordinal);
        return value;
    }
}
