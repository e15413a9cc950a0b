#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Text;
using DirectUpload.Presigning;
using static DirectUpload.Tests.Presigning.AwsExample;

namespace DirectUpload.Tests.Presigning;

/// <summary>The two POST policies of facts/s3.md §2; the first is AWS's own.</summary>
public sealed class SigV4PolicyVectorTests
{
    private static readonly DateTimeOffset Instant = new(2015, 12, 29, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2015, 12, 29);

    private static readonly string AwsExample = string.Join("\r\n",
        """{ "expiration": "2015-12-30T12:00:00.000Z",""",
        """  "conditions": [""",
        """    {"bucket": "sigv4examplebucket"},""",
        """    ["starts-with", "$key", "user/user1/"],""",
        """    {"acl": "public-read"},""",
        """    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},""",
        """    ["starts-with", "$Content-Type", "image/"],""",
        """    {"x-amz-meta-uuid": "14365123651274"},""",
        """    {"x-amz-server-side-encryption": "AES256"},""",
        """    ["starts-with", "$x-amz-meta-tag", ""],""",
        "",
        """    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},""",
        """    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},""",
        """    {"x-amz-date": "20151229T000000Z" }""",
        """  ]""",
        """}""");

    private const string ShortPolicy =
        """{"expiration": "2015-12-29T01:00:00Z", "conditions": [{"bucket": "sigv4examplebucket"}, {"key": "user/user1/photo.jpg"}, {"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"}, {"x-amz-date": "20151229T000000Z"}]}""";

    [Fact]
    public void SignPolicy_AwsExample_MatchesPublishedSignature()
    {
        AwsExample.Should().HaveLength(648);
        ToBase64(AwsExample).Should().HaveLength(864);
        Sign(AwsExample).Should().Be("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    }

    [Fact]
    public void SignPolicy_ShortPolicy_MatchesKnownSignature()
    {
        ShortPolicy.Should().HaveLength(279);
        Sign(ShortPolicy).Should().Be("3364624b39010d9b06f5d9b8c9a18a6e478d261c048159c92f2fd6fa885f14e6");
    }

    [Fact]
    public void SigningKey_Day_MatchesKnownKey() =>
        Convert.ToHexStringLower(SigningKey.Get(Credentials, Day, "us-east-1"))
            .Should().Be("cbcef1ebeaefc82cce6530b9f0a9ae598846065f5c5bae0674bd5ebc4ba52d28");

    [Fact]
    public void SigningKey_OtherDayRegionOrSecret_Differs()
    {
        byte[][] keys =
        [
            SigningKey.Get(Credentials, Day, "us-east-1"),
            SigningKey.Get(Credentials, Day.AddDays(1), "us-east-1"),
            SigningKey.Get(Credentials, Day, "eu-west-1"),
            SigningKey.Get(Credentials with { SecretKey = "another" }, Day, "us-east-1"),
        ];

        keys.Select(Convert.ToHexString).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void SigningKey_CacheEviction_ReturnsCorrectKeys()
    {
        var first = SigningKey.Get(Credentials, Day, "us-east-1");
        for (var day = 1; day <= 200; day++)
            SigningKey.Get(Credentials, Day.AddDays(day), "us-east-1").Should().NotEqual(first);

        SigningKey.Get(Credentials, Day, "us-east-1").Should().Equal(first);
    }

    private static string ToBase64(string policy) => Convert.ToBase64String(Encoding.ASCII.GetBytes(policy));

    private static string Sign(string policy) => SignPolicy(ToBase64(policy), Target, Instant);
}
