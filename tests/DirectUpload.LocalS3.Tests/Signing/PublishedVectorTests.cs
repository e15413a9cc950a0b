#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Security.Cryptography;
using System.Text;
using DirectUpload.LocalS3.Signing;

namespace DirectUpload.LocalS3.Tests.Signing;

/// <summary>AWS's published examples and vectors that two independent signers agree on.</summary>
public class PublishedVectorTests
{
    private const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string VirtualHost = "examplebucket.s3.amazonaws.com";

    [Theory]
    [InlineData("GET", "/test.txt", "", VirtualHost, "", "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")]
    [InlineData("PUT", "/test.txt", "", VirtualHost, "content-length:11|content-type:text/plain|if-none-match:*",
        "6510414c38710ce479e7d34236d40e8e8707b729f18e54f7ff192fe840bb49e9")]
    [InlineData("GET", "/a%20b%2Bc/%C3%A9%281%29~%2A%27%21%40%3D.txt", "", VirtualHost, "",
        "1f78bb8d718027cae25e601a7001fdc79982037ea509b932f20cd60cd53b5a70")]
    [InlineData("PUT", "/test.txt", "X-Amz-Security-Token=TOKEN%2Fwith%2Bchars%3D%3D", VirtualHost, "content-type:text/plain",
        "58a606ccb3b4b23d5d2c9a65711d63e79a11f3973456d297eb4d887ff731cf1d")]
    [InlineData("PUT", "/test.txt", "partNumber=1&uploadId=abc%2Bdef", VirtualHost, "",
        "cacce7e78560efdf9f7f4f8d41d37b600b6106e391a4fa2fc35cc612416c88b9")]
    [InlineData("PUT", "/examplebucket/test.txt", "", "localhost:9000", "content-type:text/plain",
        "35834a6b2cfaf4f62b68ff15accd3cc28130796a24b9e713a96e128270b8f91c")]
    public void A_presigned_request_has_the_published_signature(
        string method, string path, string query, string host, string headers, string expected)
    {
        var sent = headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(h => h.Split(':')).Select(h => (h[0], h[1]))
            .Append(("host", host)).ToArray();
        var names = sent.Select(h => h.Item1).Order(StringComparer.Ordinal).ToList();
        var auth = $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={AccessKey}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
            $"&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders={string.Join("%3B", names)}&X-Amz-Signature=ignored";
        var request = TestRequestFactory.Create(method, $"{path}?{query}{(query.Length > 0 ? "&" : "")}{auth}", sent);

        var canonical = CanonicalRequest.Build(method, request.Target, request.Headers, names, "UNSIGNED-PAYLOAD");

        Sign(CanonicalRequest.StringToSign("20130524T000000Z", Scope("20130524"), canonical), "20130524").Should().Be(expected);
    }

    [Fact]
    public void The_canonical_request_equals_the_published_one()
    {
        var request = TestRequestFactory.Create(
            "GET", "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2F" +
                "us-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host",
            ("host", VirtualHost));

        var canonical = CanonicalRequest.Build("GET", request.Target, request.Headers, ["host"], "UNSIGNED-PAYLOAD");

        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))
            .Should().Be("3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04");
    }

    [Fact]
    public void A_policy_has_the_published_signature()
    {
        var policy = string.Join("\r\n",
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
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(policy));

        base64.Should().HaveLength(864);
        SigningKey.Derive(Secret, Scope("20151229")).ToHex()
            .Should().Be("cbcef1ebeaefc82cce6530b9f0a9ae598846065f5c5bae0674bd5ebc4ba52d28");
        Sign(base64, "20151229").Should().Be("8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    }

    [Fact]
    public void A_one_line_policy_has_the_published_signature()
    {
        var policy =
            """{"expiration": "2015-12-29T01:00:00Z", "conditions": [{"bucket": "sigv4examplebucket"}, {"key": "user/user1/photo.jpg"}, {"x-amz-algorithm": "AWS4-HMAC-SHA256"}, {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"}, {"x-amz-date": "20151229T000000Z"}]}""";

        Sign(Convert.ToBase64String(Encoding.UTF8.GetBytes(policy)), "20151229")
            .Should().Be("3364624b39010d9b06f5d9b8c9a18a6e478d261c048159c92f2fd6fa885f14e6");
    }

    private static CredentialScope Scope(string date) => new(AccessKey, date, "us-east-1", "s3");

    private static string Sign(string stringToSign, string date) => SigningKey.Derive(Secret, Scope(date)).Sign(stringToSign);
}
