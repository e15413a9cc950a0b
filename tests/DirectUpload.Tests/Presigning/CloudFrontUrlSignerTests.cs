#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DirectUpload.Presigning;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Presigning;

public sealed partial class CloudFrontUrlSignerTests : IDisposable
{
    private const string KeyPairId = "K2JCJMDEHXQW5F";
    private static readonly DateTimeOffset ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1767290400);

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
    public async Task Sign_CannedPolicy_MatchesBoto3(string address)
    {
        var (text, url) = await SignWithBoto3Async(KeyPairId, address, "1767290400");

        var signed = new CloudFrontUrlSigner(KeyPairId, _rsa.ExportRSAPrivateKeyPem()).Sign(new Uri(address), ExpiresAt);

        MaskSignature(signed).Should().Be(url);
        _rsa.VerifyData(text, GetSignature(signed), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1).Should().BeTrue();
    }

    [Theory]
    [InlineData("1767200000", "192.0.2.0/24")]
    [InlineData("1767200000", "")]
    [InlineData("", "192.0.2.7/32")]
    public async Task Sign_CustomPolicy_MatchesBoto3(string starts, string address)
    {
        const string Url = "https://d111111abcdef8.cloudfront.net/films/*";
        var (text, url) = await SignWithBoto3Async(KeyPairId, Url, "1767290400", starts, address);

        var signed = new CloudFrontUrlSigner(KeyPairId, _rsa.ExportPkcs8PrivateKeyPem()).Sign(new Uri(Url), new CloudFrontPolicy
        {
            ExpiresAt = ExpiresAt,
            StartsAt = starts.Length == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(1767200000),
            IpAddress = address.Length == 0 ? null : address,
        });

        SortCharacters(GetPolicy(signed)).Should().Be(SortCharacters(Encoding.UTF8.GetString(text)));
        _rsa.VerifyData(Encoding.UTF8.GetBytes(GetPolicy(signed)), GetSignature(signed), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)
            .Should().BeTrue();
        PolicyPattern().Replace(MaskSignature(signed), "Policy=").Should().Be(PolicyPattern().Replace(url, "Policy="));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "&Hash-Algorithm=SHA256")]
    public void Sign_Ecdsa_NamesTheHashUnlessDefault(bool sha256, string end)
    {
        var signed = new CloudFrontUrlSigner(
            KeyPairId, _ecdsa.ExportECPrivateKeyPem(), sha256).Sign(new Uri("https://d111111abcdef8.cloudfront.net/image.jpg"), ExpiresAt);

        signed.Should().EndWith($"&Key-Pair-Id={KeyPairId}{end}");
        var text =
            """{"Statement":[{"Resource":"https://d111111abcdef8.cloudfront.net/image.jpg","Condition":{"DateLessThan":{"AWS:EpochTime":1767290400}}}]}"""u8;
        _ecdsa.VerifyData(text, GetSignature(signed), sha256
            ? HashAlgorithmName.SHA256
            : HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence).Should().BeTrue();
    }

    [Fact]
    public void Sign_RsaWithSha256_NamesTheHash()
    {
        var signed = new CloudFrontUrlSigner(KeyPairId, _rsa.ExportRSAPrivateKeyPem(), sha256: true).Sign(
            new Uri("https://d111111abcdef8.cloudfront.net/image.jpg"), ExpiresAt);

        var text =
            """{"Statement":[{"Resource":"https://d111111abcdef8.cloudfront.net/image.jpg","Condition":{"DateLessThan":{"AWS:EpochTime":1767290400}}}]}"""u8;
        _rsa.VerifyData(text, GetSignature(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Should().BeTrue();
        signed.Should().EndWith("&Hash-Algorithm=SHA256");
    }

    [Fact]
    public void Create_UnsupportedKey_ThrowsWithoutRevealingIt()
    {
        using var small = RSA.Create(1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string[] keys =
        [
            "secret-nonsense", small.ExportRSAPrivateKeyPem(), curve.ExportECPrivateKeyPem(), _rsa.ExportRSAPublicKeyPem(),
            _rsa.ExportEncryptedPkcs8PrivateKeyPem(
                "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)),
        ];
        foreach (var key in keys)
        {
            var made = () => new CloudFrontUrlSigner(KeyPairId, key);
            made.Should().Throw<ArgumentException>().Which.Message.Should().NotContain("nonsense").And.NotContain(key[..10]);
        }
    }

    [Theory]
    [InlineData("https://example.com/*\",\"Condition\":{}},{\"Resource\":\"*", null)]
    [InlineData(null, "0.0.0.0/0\"}},\"x\":{\"y\":\"z")]
    [InlineData("https://example.com/\\", null)]
    [InlineData("https://example.com/\n", null)]
    public void Sign_QuotesInPolicyTexts_Throws(string? resource, string? address)
    {
        using var signer = new CloudFrontUrlSigner(KeyPairId, _rsa.ExportRSAPrivateKeyPem());

        signer.Invoking(it => it.Sign(new Uri("https://example.com/a"), new CloudFrontPolicy
        {
            ExpiresAt = ExpiresAt,
            Resource = resource,
            IpAddress = address,
        })).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("/image.jpg")]
    [InlineData("https://example.com/a#part")]
    public void Sign_InvalidUrl_Throws(string address)
    {
        using var signer = new CloudFrontUrlSigner(KeyPairId, _rsa.ExportRSAPrivateKeyPem());

        signer.Invoking(it => it.Sign(new Uri(address, UriKind.RelativeOrAbsolute), ExpiresAt)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Sign_Concurrently_IsThreadSafe()
    {
        using var signer = new CloudFrontUrlSigner(KeyPairId, _rsa.ExportRSAPrivateKeyPem());
        var expected = signer.Sign(new Uri("https://example.com/a"), ExpiresAt);

        Enumerable.Range(0, 200).AsParallel().Select(_ => signer.Sign(new Uri("https://example.com/a"), ExpiresAt))
            .Should().OnlyContain(signed => signed == expected);
    }

    private static string MaskSignature(string url) => SignaturePattern().Replace(url, "Signature=SIGNATURE");

    private static byte[] GetSignature(string url) => Decode(SignaturePattern().Match(url).Groups[1].Value);

    private static string GetPolicy(string url) => Encoding.UTF8.GetString(Decode(PolicyPattern().Match(url).Groups[1].Value));

    private static byte[] Decode(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '=').Replace('~', '/'));

    // The order of a policy's conditions means nothing.
    private static string SortCharacters(string policy) => string.Concat(policy.Where(char.IsAsciiLetterOrDigit).Order());

    private static async Task<(byte[] Text, string Url)> SignWithBoto3Async(params string[] arguments)
    {
        var start =
            new ProcessStartInfo(
                Boto3Engine.Require().Python, [Path.Combine(AppContext.BaseDirectory, "boto3_signs_for_cloudfront.py"), .. arguments])
            {
                RedirectStandardOutput = true,
            };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();
        return (Convert.FromBase64String(lines[0]), lines[1]);
    }

    [GeneratedRegex("Signature=([^&]*)")]
    private static partial Regex SignaturePattern();

    [GeneratedRegex("Policy=([^&]*)")]
    private static partial Regex PolicyPattern();
}
