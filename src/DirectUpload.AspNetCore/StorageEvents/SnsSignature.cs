using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>Verifies RSA signatures with SHA-1 in version 1, which is the default of topics, and with SHA-256 in version 2.</summary>
internal static class SnsSignature
{
    public static bool IsValid(SnsMessage message, X509Certificate2 certificate)
    {
        HashAlgorithmName? algorithm = message.SignatureVersion switch
        {
            "1" => HashAlgorithmName.SHA1,
            "2" => HashAlgorithmName.SHA256,
            _ => null,
        };
        var signature = new byte[message.Signature.Length];
        if (algorithm is null || !Convert.TryFromBase64String(message.Signature, signature, out var length))
            return false;
        using var key = certificate.GetRSAPublicKey();
        return key?.VerifyData(message.GetStringToSign(), signature.AsSpan(0, length), algorithm.Value, RSASignaturePadding.Pkcs1) == true;
    }
}
