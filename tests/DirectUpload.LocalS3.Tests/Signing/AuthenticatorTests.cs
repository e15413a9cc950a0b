using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.LocalS3.Tests.Signing;

public class AuthenticatorTests
{
    private const string SignedAt = "20300101T120000Z";
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly LocalS3Options _options = new();
    private readonly FakeTimeProvider _clock = new(Noon);

    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    [InlineData(-15 * 60)]
    public void A_URL_is_valid_15_minutes_before_until_it_expires(int seconds)
    {
        var url = Presign("/uploads/a", expires: 60);
        SetClock(seconds);
        Authenticate(url).IsAnonymous.Should().BeFalse();
    }

    [Fact]
    public void A_URL_expires_after_its_last_second() => Refusal(Presign("/uploads/a", expires: 60), after: 60)
        .Should().Be((403, "AccessDenied", "Request has expired"));

    [Fact]
    public void A_URL_from_the_future_is_refused() => Refusal(Presign("/uploads/a", expires: 60), after: (-15 * 60) - 1)
        .Should().Be((403, "AccessDenied", "Request is not yet valid"));

    [Theory]
    [InlineData("604801")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    public void A_lifetime_outside_1_second_to_7_days_is_refused(string expires)
    {
        var url = Presign("/uploads/a").Replace("X-Amz-Expires=60", $"X-Amz-Expires={expires}", StringComparison.Ordinal);
        Refusal(url).Code.Should().Be("AuthorizationQueryParametersError");
    }

    [Fact]
    public void A_lifetime_of_7_days_is_accepted() => Authenticate(Presign("/uploads/a", expires: 604_800)).IsAnonymous.Should().BeFalse();

    [Theory]
    [InlineData("X-Amz-Algorithm")]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-Signature")]
    public void A_missing_parameter_is_refused_as_malformed(string name)
    {
        var url = Presign("/uploads/a").Replace(name, "X-Ignored", StringComparison.Ordinal);
        Refusal(url)
            .Should().Match<(int Status, string Code, string)>(r => r.Status == 400 && r.Code == "AuthorizationQueryParametersError");
    }

    [Fact]
    public void A_repeated_parameter_is_refused() =>
        Refusal(Presign("/uploads/a") + "&X-Amz-Expires=600").Code.Should().Be("AuthorizationQueryParametersError");

    [Theory]
    [InlineData("/uploads/b", "/uploads/a")]
    [InlineData("/uploads//a", "/uploads/a")]
    [InlineData("/uploads/a.", "/uploads/a")]
    [InlineData("/uploads/x/../a", "/uploads/a")]
    [InlineData("/uploads/a%2520b", "/uploads/a%20b")]
    [InlineData("/uploads/a+b", "/uploads/a%20b")]
    public void Another_path_than_the_signed_one_does_not_match(string sent, string asSigned) =>
        Refusal(Presign(asSigned).Replace(asSigned, sent, StringComparison.Ordinal)).Code.Should().Be("SignatureDoesNotMatch");

    [Theory]
    [InlineData("/uploads/a!(b)", "/uploads/a%21%28b%29")]
    [InlineData("/uploads/%c3%a9", "/uploads/%C3%A9")]
    public void An_equivalent_path_encoding_is_accepted(string sent, string asSigned) =>
        Authenticate(Presign(asSigned).Replace(asSigned, sent, StringComparison.Ordinal)).IsAnonymous.Should().BeFalse();

    [Fact]
    public void Another_method_does_not_match() => Refusal(Presign("/uploads/a"), method: "PUT").Code.Should().Be("SignatureDoesNotMatch");

    [Fact]
    public void An_added_query_parameter_does_not_match() =>
        Refusal(Presign("/uploads/a") + "&response-content-type=text/html").Code.Should().Be("SignatureDoesNotMatch");

    [Fact]
    public void An_unsigned_amz_header_is_refused() => Refusal(Presign("/uploads/a"), headers: ("x-amz-acl", "public-read"))
        .Should().Be((403, "AccessDenied", "There were headers present in the request which were not signed"));

    [Fact]
    public void The_host_must_be_signed()
    {
        var url = Presign("/uploads/a").Replace("SignedHeaders=host", "SignedHeaders=content-type", StringComparison.Ordinal);
        Refusal(url).Message.Should().Be("There were headers present in the request which were not signed");
    }

    [Fact]
    public void A_signed_header_that_is_missing_does_not_match() =>
        Refusal(Presign("/uploads/a", signed: [("if-none-match", "*")])).Code.Should().Be("SignatureDoesNotMatch");

    [Fact]
    public void An_unknown_access_key_is_refused()
    {
        var url = Presign("/uploads/a").Replace("LOCALS3ACCESSKEY", "SOMEBODYELSE", StringComparison.Ordinal);
        Refusal(url).Should().Match<(int Status, string Code, string)>(r => r.Status == 403 && r.Code == "InvalidAccessKeyId");
    }

    [Fact]
    public void Another_region_is_refused_with_its_name()
    {
        var url = Presign("/uploads/a").Replace("us-east-1", "eu-west-1", StringComparison.Ordinal);
        Refusal(url).Message.Should().Contain("the region 'eu-west-1' is wrong; expecting 'us-east-1'");
    }

    [Fact]
    public void A_permanent_key_with_a_session_token_is_refused() =>
        Refusal(Presign("/uploads/a") + "&X-Amz-Security-Token=abc").Code.Should().Be("InvalidToken");

    [Fact]
    public void Two_mechanisms_at_once_are_refused() =>
        Refusal(Presign("/uploads/a"), headers: ("Authorization", "AWS4-HMAC-SHA256 x")).Code.Should().Be("InvalidArgument");

    [Fact]
    public void Signature_version_2_is_refused_with_its_name() =>
        Refusal("/uploads/a?AWSAccessKeyId=LOCALS3ACCESSKEY&Expires=1&Signature=x").Message.Should().Contain("AWS4-HMAC-SHA256");

    [Fact]
    public void No_signature_is_anonymous() => Authenticate("/uploads/a").IsAnonymous.Should().BeTrue();

    [Theory]
    [InlineData(901)]
    [InlineData(-901)]
    public void A_header_signature_is_refused_after_15_minutes(int seconds)
    {
        var request = SignedByHeader();
        SetClock(seconds);
        ((Action)(() => Authenticator().Authenticate(request))).Should().Throw<S3Exception>().Which.Code
            .Should().Be("RequestTimeTooSkewed");
    }

    [Fact]
    public void A_header_signature_of_the_system_clock_is_valid_by_any_clock()
    {
        SetClock(-100 * 24 * 3600);
        Authenticator().Authenticate(SignedByHeader(DateTimeOffset.UtcNow)).IsAnonymous.Should().BeFalse();
    }

    [Fact]
    public void A_header_signature_is_valid_for_15_minutes()
    {
        SetClock(900);
        Authenticator().Authenticate(SignedByHeader()).Payload.Should().Be(PayloadHash.Unsigned);
    }

    private S3Request SignedByHeader(DateTimeOffset? at = null)
    {
        var date = at?.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? SignedAt;
        var scope = Scope with { Date = date[..8] };
        (string, string)[] headers = [("host", "localhost"), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), ("x-amz-date", date)];
        var request = TestRequestFactory.Create("GET", "/uploads/a", headers);
        var names = headers.Select(h => h.Item1).ToList();
        var canonical = CanonicalRequest.Build("GET", request.Target, request.Headers, names, "UNSIGNED-PAYLOAD");
        var signature = SigningKey.Derive(_options.SecretKey, scope).Sign(CanonicalRequest.StringToSign(date, scope, canonical));
        request.Headers.Authorization =
            $"AWS4-HMAC-SHA256 Credential={scope.AccessKey}/{scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}";
        return request;
    }

    private CredentialScope Scope => new(_options.AccessKey, "20300101", "us-east-1", "s3");

    private string Presign(string path, int expires = 60, (string Name, string Value)[]? signed = null)
    {
        var headers = (signed ?? []).Append(("host", "localhost")).ToArray();
        var names = headers.Select(h => h.Item1).Order(StringComparer.Ordinal).ToList();
        var target = $"{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Uri.EscapeDataString($"{_options.AccessKey}/{Scope}")}" +
            $"&X-Amz-Date={SignedAt}&X-Amz-Expires={expires}&X-Amz-SignedHeaders={string.Join("%3B", names)}";
        var request = TestRequestFactory.Create("GET", target, headers);
        var canonical = CanonicalRequest.Build("GET", request.Target, request.Headers, names, "UNSIGNED-PAYLOAD");
        var text = CanonicalRequest.StringToSign(SignedAt, Scope, canonical);
        return $"{target}&X-Amz-Signature={SigningKey.Derive(_options.SecretKey, Scope).Sign(text)}";
    }

    private Authenticator Authenticator() => new(_options, _clock);

    private Caller Authenticate(string target) =>
        Authenticator().Authenticate(TestRequestFactory.Create("GET", target, ("host", "localhost")));

    private (int Status, string Code, string Message) Refusal(
        string target, int after = 0, string method = "GET", params (string, string)[] headers)
    {
        SetClock(after);
        var request = TestRequestFactory.Create(method, target, [("host", "localhost"), .. headers]);
        var refusal = ((Action)(() => Authenticator().Authenticate(request))).Should().Throw<S3Exception>().Which;
        return (refusal.Status, refusal.Code, refusal.Message);
    }

    private void SetClock(int seconds)
    {
        // A FakeTimeProvider does not go back unless it is told to.
        _clock.AdjustTime(Noon.AddSeconds(seconds));
    }
}
