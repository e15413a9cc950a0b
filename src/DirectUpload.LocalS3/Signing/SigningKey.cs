using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Represents SigV4's derived key for one day, region and service.</summary>
internal sealed class SigningKey
{
    private readonly byte[] _key;

    private SigningKey(byte[] key) => _key = key;

    public static SigningKey Derive(string secret, CredentialScope scope)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in new[] { scope.Date, scope.Region, scope.Service, "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return new(key);
    }

    /// <summary>Returns the signature of a text in lower-case hexadecimal.</summary>
    public string Sign(string stringToSign) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(stringToSign)));

    /// <summary>Compares signatures in constant time, so that the response time does not reveal a signature byte by byte.</summary>
    public bool Verify(string stringToSign, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(stringToSign)), Encoding.UTF8.GetBytes(signature));

    internal string ToHex() => Convert.ToHexStringLower(_key);

    public override string ToString() => "(redacted)";
}
