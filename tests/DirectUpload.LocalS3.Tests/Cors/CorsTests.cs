using System.Text;
using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Tests.Cors;

public class CorsTests
{
    private static readonly CorsRule Rule = new()
    {
        AllowedOrigins = ["http://*.example.com", "https://app.test"],
        AllowedMethods = ["PUT"],
        AllowedHeaders = ["content-*", "X-Amz-Acl"],
        ExposeHeaders = ["ETag"],
        MaxAgeSeconds = 60,
    };

    [Theory]
    [InlineData("http://a.example.com", true)]
    [InlineData("http://a.b.example.com", true)]
    [InlineData("http://.example.com", true)]
    [InlineData("http://example.com", false)]
    [InlineData("https://a.example.com", false)]
    [InlineData("http://a.example.com.evil.test", false)]
    [InlineData("https://app.test", true)]
    [InlineData("https://APP.test", false)]
    public void An_origin_matches_with_at_most_one_wildcard(string origin, bool matches) =>
        (Rule.FindMatchingOrigin(origin) is not null).Should().Be(matches);

    [Fact]
    public void A_pattern_s_prefix_and_suffix_must_not_overlap() =>
        CorsRule.Matches("ab*ba", "aba", StringComparison.Ordinal).Should().BeFalse();

    [Theory]
    [InlineData("Content-Type", true)]
    [InlineData("x-amz-acl", true)]
    [InlineData("x-amz-meta-a", false)]
    public void A_header_matches_in_any_case(string name, bool allowed) => Rule.AllowsHeader(name).Should().Be(allowed);

    [Fact]
    public void A_preflight_returns_what_the_rule_allows()
    {
        var answer = Preflight([Rule], "https://app.test", "PUT", "Content-Type, X-Amz-Acl");
        answer.AccessControlAllowOrigin.ToString().Should().Be("https://app.test");
        answer.AccessControlAllowMethods.ToString().Should().Be("PUT");
        answer.AccessControlAllowHeaders.ToString().Should().Be("content-type, x-amz-acl");
        answer.AccessControlExposeHeaders.ToString().Should().Be("ETag");
        answer.AccessControlMaxAge.ToString().Should().Be("60");
        answer.Vary.ToString().Should().Contain("Origin");
    }

    [Theory]
    [InlineData("https://other.test", "PUT", "")]
    [InlineData("https://app.test", "GET", "")]
    [InlineData("https://app.test", "PUT", "content-type, x-other")]
    public void A_preflight_that_no_rule_matches_is_forbidden(string origin, string method, string headers) =>
        ((Action)(() => Preflight([Rule], origin, method, headers))).Should().Throw<S3Exception>().Which.Code
            .Should().Be("AccessForbidden");

    [Fact]
    public void Without_a_configuration_every_preflight_is_forbidden() =>
        ((Action)(() => Preflight(null, "https://app.test", "PUT", ""))).Should().Throw<S3Exception>().WithMessage("*CORS is not enabled*");

    [Theory]
    [InlineData("", "PUT")]
    [InlineData("https://app.test", "")]
    [InlineData("https://app.test", "PATCH")]
    public void A_malformed_preflight_is_a_bad_request(string origin, string method) =>
        ((Action)(() => Preflight([Rule], origin, method, ""))).Should().Throw<S3Exception>().Which.Status.Should().Be(400);

    [Fact]
    public void An_asterisk_rule_returns_no_credentials_header()
    {
        var answer = Preflight([Rule with { AllowedOrigins = ["*"] }], "https://app.test", "PUT", "");
        answer.AccessControlAllowOrigin.ToString().Should().Be("*");
        answer.AccessControlAllowCredentials.Should().BeEmpty();
    }

    [Fact]
    public void A_configuration_round_trips()
    {
        var xml = Encoding.UTF8.GetBytes(CorsConfigurationXml.Write([Rule with { Id = "r" }]).ToString());
        CorsConfigurationXml.Parse(xml).Should().BeEquivalentTo([Rule with { Id = "r" }]);
    }

    [Theory]
    [InlineData("<CORSConfiguration/>")]
    [InlineData("<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>")]
    [InlineData("<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>")]
    [InlineData(
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod></CORSRule></CORSConfiguration>")]
    [InlineData(
        "<CORSConfiguration><CORSRule><AllowedOrigin>*.*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>")]
    [InlineData("<Other/>")]
    [InlineData("no xml")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><CORSConfiguration>&e;</CORSConfiguration>")]
    public void A_malformed_configuration_is_refused(string xml) =>
        ((Action)(() => CorsConfigurationXml.Parse(Encoding.UTF8.GetBytes(xml)))).Should().Throw<S3Exception>().Which.Status
            .Should().Be(400);

    private static IHeaderDictionary Preflight(IReadOnlyList<CorsRule>? rules, string origin, string method, string headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Origin = origin;
        context.Request.Headers.AccessControlRequestMethod = method;
        context.Request.Headers.AccessControlRequestHeaders = headers;
        CorsResponse.WritePreflight(context.Request, context.Response, rules);
        return context.Response.Headers;
    }
}
