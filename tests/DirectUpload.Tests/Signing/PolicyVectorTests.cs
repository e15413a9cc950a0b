using System.Text;
using DirectUpload.Signing;
using static DirectUpload.Tests.Signing.Published;

namespace DirectUpload.Tests.Signing;

/// <summary>The two POST policies of facts/s3.md §2; the first is AWS's own.</summary>
public sealed class PolicyVectorTests
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

    private const string Short =
        """{"expiration": "2015-12-29T01:00:00Z", "conditions": [{"bucket": "sigv4examplebucket"}, {"key": "user/user1/photo.jpg"}, {"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"}, {"x-amz-date": "20151229T000000Z"}]}""";

    [Fact]
    public void AWSs_own_policy_of_648_bytes()
    {
        AwsExample.Should().HaveLength(648);
        Base64(AwsExample).Should().HaveLength(864);
        Sign(AwsExample).Should().Be("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    }

    [Fact]
    public void A_short_policy_of_279_bytes()
    {
        Short.Should().HaveLength(279);
        Sign(Short).Should().Be("3364624b39010d9b06f5d9b8c9a18a6e478d261c048159c92f2fd6fa885f14e6");
    }

    [Fact]
    public void The_derived_key_of_the_day() =>
        Convert.ToHexStringLower(SigningKey.For(Credentials, Day, "us-east-1"))
            .Should().Be("cbcef1ebeaefc82cce6530b9f0a9ae598846065f5c5bae0674bd5ebc4ba52d28");

    [Fact]
    public void The_derived_key_is_another_on_another_day_in_another_region_and_for_another_secret()
    {
        byte[][] keys =
        [
            SigningKey.For(Credentials, Day, "us-east-1"),
            SigningKey.For(Credentials, Day.AddDays(1), "us-east-1"),
            SigningKey.For(Credentials, Day, "eu-west-1"),
            SigningKey.For(Credentials with { SecretKey = "another" }, Day, "us-east-1"),
        ];

        keys.Select(Convert.ToHexString).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void The_cache_of_keys_forgets_without_ever_answering_wrongly()
    {
        var first = SigningKey.For(Credentials, Day, "us-east-1");
        for (var day = 1; day <= 200; day++)
            SigningKey.For(Credentials, Day.AddDays(day), "us-east-1").Should().NotEqual(first);

        SigningKey.For(Credentials, Day, "us-east-1").Should().Equal(first);
    }

    private static string Base64(string policy) => Convert.ToBase64String(Encoding.ASCII.GetBytes(policy));

    private static string Sign(string policy) => SignPolicy(Base64(policy), Target, Instant);
}
