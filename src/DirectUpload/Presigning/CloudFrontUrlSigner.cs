using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Signs URLs of private content that CloudFront serves.</summary>
/// <remarks>
/// A canned policy limits the expiry. A custom policy can also limit the start time and the IP range, and allow several URLs. For RSA and
/// ECDSA P-256 keys, the hash is SHA-1, the default of CloudFront, unless SHA-256 is configured. Signing is pure computation and safe for
/// concurrent use.
/// Sources: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html,
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
/// </remarks>
internal sealed class CloudFrontUrlSigner : IDisposable
{
    private const int MinRsaKeySize = 2048;

    private readonly string _keyPairId;
    private readonly bool _sha256;
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly Lock _signLock = new();

    /// <summary>Creates the signer with a key from a key group that the distribution trusts.</summary>
    /// <param name="keyPairId">The id of the public key in CloudFront.</param>
    /// <param name="privateKeyPem">
    /// The private key as PEM text: RSA of at least 2,048 bits, or ECDSA on the curve P-256, unencrypted.
    /// </param>
    /// <param name="sha256">
    /// Whether to hash with SHA-256 instead of SHA-1, the default of CloudFront; the URL then names the algorithm.
    /// </param>
    /// <exception cref="ArgumentException">The key is not such a key; the message does not repeat any part of it.</exception>
    public CloudFrontUrlSigner(string keyPairId, string privateKeyPem, bool sha256 = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyPairId);
        ArgumentException.ThrowIfNullOrWhiteSpace(privateKeyPem);
        _keyPairId = keyPairId;
        _sha256 = sha256;
        _rsa = TryImport(RSA.Create(), privateKeyPem);
        _ecdsa = _rsa is null ? TryImport(ECDsa.Create(), privateKeyPem) : null;
        if (!(_rsa?.KeySize >= MinRsaKeySize || _ecdsa?.KeySize == 256) || !CanSign())
        {
            throw new ArgumentException(
                "The private key must be PEM text of an RSA key of at least 2,048 bits, or of an ECDSA key on P-256, unencrypted.",
                nameof(privateKeyPem));
        }
    }

    /// <summary>Signs a URL with a canned policy: any client may read the content until the expiry.</summary>
    /// <param name="address">The absolute URL to sign, including its query.</param>
    /// <param name="expiresAt">The time at which the URL expires; fractions of a second are dropped.</param>
    public string Sign(Uri address, DateTimeOffset expiresAt)
    {
        var plain = GetAbsoluteUrl(address);
        var signature = CreateSignature(new CloudFrontPolicy { ExpiresAt = expiresAt }.ToJson(plain));
        return AppendSignature(plain, string.Create(CultureInfo.InvariantCulture, $"Expires={expiresAt.ToUnixTimeSeconds()}"), signature);
    }

    /// <summary>Signs a URL with a custom policy.</summary>
    /// <param name="address">The absolute URL to sign, including its query.</param>
    /// <param name="policy">The conditions of the policy.</param>
    public string Sign(Uri address, CloudFrontPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var plain = GetAbsoluteUrl(address);
        var json = policy.ToJson(plain);
        return AppendSignature(plain, $"Policy={Encode(Encoding.UTF8.GetBytes(json))}", CreateSignature(json));
    }

    /// <summary>Disposes the key.</summary>
    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
    }

    // PEM import also accepts a public key, which cannot sign.
    private bool CanSign()
    {
        try
        {
            return CreateSignature(string.Empty).Length > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string GetAbsoluteUrl(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Fragment.Length > 0)
            throw new ArgumentException("The URL to sign must be absolute and have no fragment.", nameof(address));
        return address.AbsoluteUri;
    }

    private string AppendSignature(string address, string first, string signature) =>
        $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{first}&Signature={signature}"
        + $"&Key-Pair-Id={_keyPairId}{(_sha256 ? "&Hash-Algorithm=SHA256" : "")}";

    private string CreateSignature(string policy)
    {
        var bytes = Encoding.UTF8.GetBytes(policy);
        var hash = _sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        // The key objects of the platform are not thread-safe.
        lock (_signLock)
        {
            return Encode(
                _rsa?.SignData(bytes, hash, RSASignaturePadding.Pkcs1)
                ?? _ecdsa!.SignData(bytes, hash, DSASignatureFormat.Rfc3279DerSequence));
        }
    }

    // CloudFront's variant of base64 replaces the characters that are not allowed in a query.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('=', '_').Replace('/', '~');

    private static T? TryImport<T>(T key, string pem)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception other) when (other is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }
}
