using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.LocalS3.Signing;

/// <summary>SigV4's derived key: it signs for one day, region and service.</summary>
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

    /// <summary>The signature of a text, as lower-case hexadecimal.</summary>
    public string Sign(string stringToSign) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(stringToSign)));

    /// <summary>Compares in constant time: a signature must not be found byte by byte from the time that a refusal takes.</summary>
    public bool Verify(string stringToSign, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(stringToSign)), Encoding.UTF8.GetBytes(signature));

    internal string ToHex() => Convert.ToHexStringLower(_key);

    public override string ToString() => "(redacted)";
}
