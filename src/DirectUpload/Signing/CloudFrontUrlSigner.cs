using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.Signing;

/// <summary>
/// Signs addresses of content that CloudFront serves to nobody else, with a canned policy (until when) or a custom one (from when, from where, several addresses). With RSA the hash is SHA-1, CloudFront's
/// default, unless told otherwise; with ECDSA P-256 too. Pure computation; safe for concurrent use.
/// </summary>
/// <remarks>
/// Sources: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html,
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
/// </remarks>
public sealed class CloudFrontUrlSigner : IDisposable
{
    private const int SmallestRsa = 2048;

    private readonly string _keyPairId;
    private readonly bool _sha256;
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly Lock _turn = new();

    /// <summary>With a key of a key group that the distribution trusts.</summary>
    /// <param name="keyPairId">The id of its public key at CloudFront.</param>
    /// <param name="privateKeyPem">The private key as PEM text: RSA of at least 2,048 bits, or ECDSA on the curve P-256, unencrypted.</param>
    /// <param name="sha256">Whether to hash with SHA-256, which the URL then says, instead of SHA-1, CloudFront's default.</param>
    /// <exception cref="ArgumentException">It is no such key; nothing of it is repeated.</exception>
    public CloudFrontUrlSigner(string keyPairId, string privateKeyPem, bool sha256 = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyPairId);
        ArgumentException.ThrowIfNullOrWhiteSpace(privateKeyPem);
        _keyPairId = keyPairId;
        _sha256 = sha256;
        _rsa = TryImport(RSA.Create(), privateKeyPem);
        _ecdsa = _rsa is null ? TryImport(ECDsa.Create(), privateKeyPem) : null;
        if (!(_rsa?.KeySize >= SmallestRsa || _ecdsa?.KeySize == 256) || !CanSign())
            throw new ArgumentException("The private key must be PEM text of an RSA key of at least 2,048 bits, or of an ECDSA key on P-256, unencrypted.", nameof(privateKeyPem));
    }

    /// <summary>The address with a canned policy: everybody may read it until then.</summary>
    /// <param name="address">Absolute, as it is to be asked for, its own query included.</param>
    /// <param name="expiresAt">Until when, to the second.</param>
    public string Sign(Uri address, DateTimeOffset expiresAt)
    {
        var plain = Plain(address);
        var signature = SignatureOf(new CloudFrontPolicy { ExpiresAt = expiresAt }.ToJson(plain));
        return Append(plain, string.Create(CultureInfo.InvariantCulture, $"Expires={expiresAt.ToUnixTimeSeconds()}"), signature);
    }

    /// <summary>The address with a custom policy.</summary>
    /// <param name="address">Absolute, as it is to be asked for, its own query included.</param>
    /// <param name="policy">What is allowed.</param>
    public string Sign(Uri address, CloudFrontPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var plain = Plain(address);
        var json = policy.ToJson(plain);
        return Append(plain, $"Policy={Encoded(Encoding.UTF8.GetBytes(json))}", SignatureOf(json));
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
    }

    // A public key is imported as well as a private one.
    private bool CanSign()
    {
        try
        {
            return SignatureOf(string.Empty).Length > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string Plain(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Fragment.Length > 0)
            throw new ArgumentException("The address must be absolute, and without a fragment.", nameof(address));
        return address.AbsoluteUri;
    }

    private string Append(string address, string first, string signature) =>
        $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{first}&Signature={signature}&Key-Pair-Id={_keyPairId}{(_sha256 ? "&Hash-Algorithm=SHA256" : "")}";

    private string SignatureOf(string policy)
    {
        var bytes = Encoding.UTF8.GetBytes(policy);
        var hash = _sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        // The platform's key objects are not for several threads.
        lock (_turn)
            return Encoded(_rsa?.SignData(bytes, hash, RSASignaturePadding.Pkcs1) ?? _ecdsa!.SignData(bytes, hash, DSASignatureFormat.Rfc3279DerSequence));
    }

    // CloudFront's own base64: what a query can't hold is replaced.
    private static string Encoded(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('=', '_').Replace('/', '~');

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
