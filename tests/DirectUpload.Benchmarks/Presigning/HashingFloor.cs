using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Presigning;

namespace DirectUpload.Benchmarks.Presigning;

/// <summary>
/// The least that one signature can cost: its own two hashes (for a form, one), with hashers that are used again. The hashed texts are
/// worked out from the signed request itself, and must give its signature: so the floor is neither too low nor too high.
/// </summary>
internal sealed class HashingFloor : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _hmac;
    private readonly byte[] _canonicalRequest;
    private readonly byte[] _stringToSign;
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];

    private HashingFloor(string canonicalRequest, string stringToSign, string scope, string signature)
    {
        _canonicalRequest = Encoding.ASCII.GetBytes(canonicalRequest);
        _stringToSign = Encoding.ASCII.GetBytes(stringToSign);
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, DeriveSigningKey(scope));
        Run();
        if (Convert.ToHexStringLower(_hash) != signature)
            throw new InvalidOperationException(
                $"The floor hashes other texts than those that were signed:\n{canonicalRequest}\n\n{stringToSign}");
        Console.WriteLine($"// floor: canonical request {_canonicalRequest.Length} bytes, string to sign {_stringToSign.Length} bytes");
    }

    /// <param name="url">A presigned URL.</param>
    /// <param name="contentLength">What was signed as Content-Length, which is not among the headers that a client sets.</param>
    public static HashingFloor Create(PresignedUrl url, long? contentLength = null)
    {
        var (address, query) = Split(url.Url, "?");
        var (signed, signature) = Split(query, "&X-Amz-Signature=");
        var (host, path) = Split(address["https://".Length..], "/");
        var headers = new SortedDictionary<string, string>(url.Headers.ToDictionary(), StringComparer.Ordinal) { ["host"] = host };
        if (contentLength is { } length)
            headers["content-length"] = length.ToString(CultureInfo.InvariantCulture);

        var request = $"{url.Method}\n/{path}\n{signed}\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n"
            + $"{string.Join(';', headers.Keys)}\nUNSIGNED-PAYLOAD";
        var scope = Split(Uri.UnescapeDataString(GetParameter(signed, "X-Amz-Credential")), "/").After;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(request)));
        return new(request, $"AWS4-HMAC-SHA256\n{GetParameter(signed, "X-Amz-Date")}\n{scope}\n{hash}", scope, signature);
    }

    /// <summary>A form has no canonical request: what is signed is the policy's base64 text.</summary>
    public static HashingFloor Create(PresignedPost form) =>
        new(string.Empty, form.Fields["policy"], Split(form.Fields["x-amz-credential"], "/").After, form.Fields["x-amz-signature"]);

    public byte Run()
    {
        if (_canonicalRequest.Length > 0)
        {
            _sha256.AppendData(_canonicalRequest);
            _sha256.GetHashAndReset(_hash);
        }

        _hmac.AppendData(_stringToSign);
        _hmac.GetHashAndReset(_hash);
        return _hash[0];
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _hmac.Dispose();
    }

    // Derived once a day, so it is no part of the floor.
    private static byte[] DeriveSigningKey(string scope) => scope.Split('/').Aggregate(
        Encoding.ASCII.GetBytes("AWS4" + Signers.SecretKey), (key, part) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(part)));

    private static string GetParameter(string query, string name) => Split(Split(query + "&", name + "=").After, "&").Before;

    private static (string Before, string After) Split(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return (text[..at], text[(at + separator.Length)..]);
    }
}
