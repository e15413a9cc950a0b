using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DirectUpload.Signing;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Signing;

public sealed partial class CloudFrontTests : IDisposable
{
    private const string KeyPair = "K2JCJMDEHXQW5F";
    private static readonly DateTimeOffset End = DateTimeOffset.FromUnixTimeSeconds(1767290400);

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _rsa.Dispose();
        _ecdsa.Dispose();
    }

    [Theory]
    [InlineData("https://d111111abcdef8.cloudfront.net/image.jpg")]
    [InlineData("https://d111111abcdef8.cloudfront.net/image.jpg?color=red&size=medium")]
    [InlineData("https://d111111abcdef8.cloudfront.net/a%20b/%C3%A9.png")]
    public async Task A_canned_policy_is_what_boto3_signs(string address)
    {
        var (text, url) = await Boto3Async(KeyPair, address, "1767290400");

        var signed = new CloudFrontUrlSigner(KeyPair, _rsa.ExportRSAPrivateKeyPem()).Sign(new Uri(address), End);

        Masked(signed).Should().Be(url);
        _rsa.VerifyData(text, SignatureOf(signed), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1).Should().BeTrue();
    }

    [Theory]
    [InlineData("1767200000", "192.0.2.0/24")]
    [InlineData("1767200000", "")]
    [InlineData("", "192.0.2.7/32")]
    public async Task A_custom_policy_is_what_boto3_signs(string starts, string address)
    {
        const string Url = "https://d111111abcdef8.cloudfront.net/films/*";
        var (text, url) = await Boto3Async(KeyPair, Url, "1767290400", starts, address);

        var signed = new CloudFrontUrlSigner(KeyPair, _rsa.ExportPkcs8PrivateKeyPem()).Sign(new Uri(Url), new CloudFrontPolicy
        {
            ExpiresAt = End,
            StartsAt = starts.Length == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(1767200000),
            IpAddress = address.Length == 0 ? null : address,
        });

        Normal(PolicyOf(signed)).Should().Be(Normal(Encoding.UTF8.GetString(text)));
        _rsa.VerifyData(Encoding.UTF8.GetBytes(PolicyOf(signed)), SignatureOf(signed), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1).Should().BeTrue();
        Policy().Replace(Masked(signed), "Policy=").Should().Be(Policy().Replace(url, "Policy="));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "&Hash-Algorithm=SHA256")]
    public void An_ECDSA_key_signs_too_and_the_hash_is_said_where_it_is_not_the_default(bool sha256, string end)
    {
        var signed = new CloudFrontUrlSigner(KeyPair, _ecdsa.ExportECPrivateKeyPem(), sha256).Sign(new Uri("https://d111111abcdef8.cloudfront.net/image.jpg"), End);

        signed.Should().EndWith($"&Key-Pair-Id={KeyPair}{end}");
        var text = """{"Statement":[{"Resource":"https://d111111abcdef8.cloudfront.net/image.jpg","Condition":{"DateLessThan":{"AWS:EpochTime":1767290400}}}]}"""u8;
        _ecdsa.VerifyData(text, SignatureOf(signed), sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence).Should().BeTrue();
    }

    [Fact]
    public void RSA_signs_with_SHA256_where_told_so()
    {
        var signed = new CloudFrontUrlSigner(KeyPair, _rsa.ExportRSAPrivateKeyPem(), sha256: true).Sign(new Uri("https://d111111abcdef8.cloudfront.net/image.jpg"), End);

        var text = """{"Statement":[{"Resource":"https://d111111abcdef8.cloudfront.net/image.jpg","Condition":{"DateLessThan":{"AWS:EpochTime":1767290400}}}]}"""u8;
        _rsa.VerifyData(text, SignatureOf(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Should().BeTrue();
        signed.Should().EndWith("&Hash-Algorithm=SHA256");
    }

    [Fact]
    public void Keys_that_CloudFront_does_not_take_are_refused_and_not_repeated()
    {
        using var small = RSA.Create(1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string[] keys =
        [
            "secret-nonsense", small.ExportRSAPrivateKeyPem(), curve.ExportECPrivateKeyPem(), _rsa.ExportRSAPublicKeyPem(),
            _rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)),
        ];
        foreach (var key in keys)
        {
            var made = () => new CloudFrontUrlSigner(KeyPair, key);
            made.Should().Throw<ArgumentException>().Which.Message.Should().NotContain("nonsense").And.NotContain(key[..10]);
        }
    }

    [Theory]
    [InlineData("https://example.com/*\",\"Condition\":{}},{\"Resource\":\"*", null)]
    [InlineData(null, "0.0.0.0/0\"}},\"x\":{\"y\":\"z")]
    [InlineData("https://example.com/\\", null)]
    [InlineData("https://example.com/\n", null)]
    public void A_policys_texts_cannot_end_its_text(string? resource, string? address)
    {
        using var signer = new CloudFrontUrlSigner(KeyPair, _rsa.ExportRSAPrivateKeyPem());

        signer.Invoking(it => it.Sign(new Uri("https://example.com/a"), new CloudFrontPolicy { ExpiresAt = End, Resource = resource, IpAddress = address })).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("/image.jpg")]
    [InlineData("https://example.com/a#part")]
    public void An_address_that_nobody_can_ask_for_is_refused(string address)
    {
        using var signer = new CloudFrontUrlSigner(KeyPair, _rsa.ExportRSAPrivateKeyPem());

        signer.Invoking(it => it.Sign(new Uri(address, UriKind.RelativeOrAbsolute), End)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Many_sign_at_once()
    {
        using var signer = new CloudFrontUrlSigner(KeyPair, _rsa.ExportRSAPrivateKeyPem());
        var expected = signer.Sign(new Uri("https://example.com/a"), End);

        Enumerable.Range(0, 200).AsParallel().Select(_ => signer.Sign(new Uri("https://example.com/a"), End)).Should().OnlyContain(signed => signed == expected);
    }

    private static string Masked(string url) => Signature().Replace(url, "Signature=SIGNATURE");

    private static byte[] SignatureOf(string url) => Decoded(Signature().Match(url).Groups[1].Value);

    private static string PolicyOf(string url) => Encoding.UTF8.GetString(Decoded(Policy().Match(url).Groups[1].Value));

    private static byte[] Decoded(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '=').Replace('~', '/'));

    // The order of a policy's conditions means nothing.
    private static string Normal(string policy) => string.Concat(policy.Where(char.IsAsciiLetterOrDigit).Order());

    private static async Task<(byte[] Text, string Url)> Boto3Async(params string[] arguments)
    {
        var start = new ProcessStartInfo(Boto3Engine.Require().Python, [Path.Combine(AppContext.BaseDirectory, "boto3_signs_for_cloudfront.py"), .. arguments]) { RedirectStandardOutput = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();
        return (Convert.FromBase64String(lines[0]), lines[1]);
    }

    [GeneratedRegex("Signature=([^&]*)")]
    private static partial Regex Signature();

    [GeneratedRegex("Policy=([^&]*)")]
    private static partial Regex Policy();
}
