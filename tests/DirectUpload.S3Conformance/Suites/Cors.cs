using Amazon.S3.Model;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>Tests CORS headers of preflights and responses for a browser on another origin.</summary>
public abstract class Cors(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string Origin = "https://app.example";

    private static readonly CORSRule Rule = new()
    {
        AllowedOrigins = [Origin, "https://*.partner.example"],
        AllowedMethods = ["PUT", "GET", "POST"],
        AllowedHeaders = ["content-type", "x-amz-*"],
        ExposeHeaders = ["ETag"],
        MaxAgeSeconds = 300,
    };

    [Fact]
    public async Task A_preflight_succeeds()
    {
        var answer = await Preflight(Rule);
        var put = answer.GetHeader("access-control-allow-methods")?.Contains("PUT", StringComparison.Ordinal);
        Expect($"{answer}, {answer.GetHeader("access-control-allow-origin")}, PUT among the methods: {put}",
            $"200, {Origin}, PUT among the methods: True");
    }

    [Fact]
    public async Task A_preflight_returns_the_max_age() =>
        Expect(RulesOf(await Preflight(Rule), "access-control-max-age"), "200, 300");

    [Fact]
    public async Task A_preflight_allows_the_requested_headers() => Expect(
        RulesOf(await Preflight(Rule, headers: "content-type,x-amz-meta-name"), "access-control-allow-headers").Replace(", ", ","),
        "200,content-type,x-amz-meta-name");

    [Fact]
    public async Task A_preflight_needs_no_signature_and_no_object() =>
        Expect($"{await Preflight(Rule, method: "GET")}", "200");

    /// <summary>Before a browser uploads to a presigned URL. It asks that very URL, with its signature.</summary>
    [Fact]
    public async Task A_preflight_for_a_presigned_URL_succeeds()
    {
        var presigned = Signer.Presign((await PutIn(Rule)).WithHeader("content-type", "text/plain"));
        var answer = await Send(presigned with
        {
            Method = "OPTIONS",
            Body = default,
            Headers = WireRequest.ForObject("OPTIONS", Bucket)
                .WithHeader("origin", Origin).WithHeader("access-control-request-method", "PUT")
                .WithHeader("access-control-request-headers", "content-type").Headers,
        });
        var put = answer.GetHeader("access-control-allow-methods")?.Contains("PUT", StringComparison.Ordinal) ?? false;
        var type = answer.GetHeader("access-control-allow-headers")?.Contains("content-type", StringComparison.OrdinalIgnoreCase) ?? false;
        Expect($"{answer}, {answer.GetHeader("access-control-allow-origin")}, PUT: {put}, content-type: {type}",
            $"200, {Origin}, PUT: True, content-type: True");
    }

    [Fact]
    public async Task A_preflight_from_another_origin_is_refused() =>
        Expect(Refused(await Preflight(Rule, origin: "https://evil.example")), "403, allows none");

    [Fact]
    public async Task A_preflight_for_another_method_is_refused() =>
        Expect(Refused(await Preflight(Rule, method: "DELETE")), "403, allows none");

    [Fact]
    public async Task A_preflight_for_another_header_is_refused() =>
        Expect(Refused(await Preflight(Rule, headers: "content-type,x-other")), "403, allows none");

    [Fact]
    public async Task A_preflight_of_a_bucket_without_rules_is_refused() => Expect(Refused(await Preflight()), "403, allows none");

    [Theory]
    [InlineData("https://one.partner.example", "200")]
    [InlineData("https://partner.example", "403")]
    [InlineData("http://one.partner.example", "403")]
    [InlineData("https://one.partner.example.evil.example", "403")]
    public async Task An_origin_with_a_wildcard_matches(string origin, string status) =>
        Expect($"{(int)(await Preflight(Rule, origin: origin)).Status}", status, of: origin);

    [Fact]
    public async Task A_rule_for_all_origins_returns_an_asterisk() => Expect(
        RulesOf(
            await Preflight(new CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["PUT"] }), "access-control-allow-origin"), "200, *");

    [Fact]
    public async Task The_origin_can_read_an_upload_response()
    {
        var answer = await SendFrom(Origin, Signer.Presign(await PutIn(Rule)));
        Expect($"{answer}, {answer.GetHeader("access-control-allow-origin")}, exposes the ETag: {Exposes(answer, "ETag")}",
            $"200, {Origin}, exposes the ETag: True");
    }

    [Fact]
    public async Task A_response_to_a_named_origin_varies_by_origin()
    {
        var answer = await SendFrom(Origin, Signer.Presign(await PutIn(Rule)));
        Expect($"{answer}, {answer.GetHeader("vary")?.Contains("Origin", StringComparison.OrdinalIgnoreCase) ?? false}", "200, True");
    }

    [Fact]
    public async Task The_origin_can_read_a_form_response()
    {
        var bucket = await Server.CreateBucketAsync(Rule);
        var answer = await SendFrom(Origin, new PostForm(Signer, bucket).With("key", Key).Build());
        Expect($"{answer}, {answer.GetHeader("access-control-allow-origin")}", $"204, {Origin}");
    }

    [Fact]
    public async Task The_origin_can_read_an_error_response()
    {
        var answer = await SendFrom(Origin, Signer.Presign(await PutIn(Rule)).WithQuery("X-Amz-Expires", "600"));
        Expect($"{answer}, {answer.GetHeader("access-control-allow-origin")}", $"403 SignatureDoesNotMatch, {Origin}");
    }

    [Fact]
    public async Task The_origin_can_read_a_404_response()
    {
        var bucket = await Server.CreateBucketAsync(Rule);
        var answer = await SendFrom(Origin, Signer.Presign(WireRequest.ForObject("GET", bucket, Key)));
        Expect($"{answer}, {answer.GetHeader("access-control-allow-origin")}", $"404 NoSuchKey, {Origin}");
    }

    [Fact]
    public async Task Another_origin_gets_no_CORS_headers()
    {
        var answer = await SendFrom("https://evil.example", Signer.Presign(await PutIn(Rule)));
        Expect($"{answer}, {answer.GetHeader("access-control-allow-origin") ?? "none"}", "200, none");
    }

    [Fact]
    public async Task Without_an_origin_there_are_no_CORS_headers()
    {
        var answer = await Send(Signer.Presign(await PutIn(Rule)));
        Expect($"{answer}, {answer.GetHeader("access-control-allow-origin") ?? "none"}", "200, none");
    }

    [Fact]
    public async Task The_rules_of_a_bucket_are_returned()
    {
        var bucket = await Server.CreateBucketAsync(Rule);
        var rules = await SendAuthorized(WireRequest.ForObject("GET", bucket).WithQuery("cors", ""));
        Expect($"{rules}, {string.Join('|', rules.GetElements("AllowedOrigin").Order(StringComparer.Ordinal))}",
            $"200, https://*.partner.example|{Origin}");
    }

    private async Task<WireRequest> PutIn(CORSRule rule) =>
        WireRequest.ForObject("PUT", await Server.CreateBucketAsync(rule), Key).WithBody("hello");

    private Task<WireResponse> SendFrom(string origin, WireRequest request) => Send(request.WithHeader("origin", origin));

    private Task<WireResponse> Preflight(CORSRule rule, string origin = Origin, string method = "PUT", string? headers = null) =>
        Preflight([rule], origin, method, headers);

    private Task<WireResponse> Preflight() => Preflight([], Origin, "PUT", null);

    private async Task<WireResponse> Preflight(CORSRule[] rules, string origin, string method, string? headers)
    {
        var request = WireRequest.ForObject("OPTIONS", await Server.CreateBucketAsync(rules), Key)
            .WithHeader("origin", origin).WithHeader("access-control-request-method", method);
        return await Send(headers is null ? request : request.WithHeader("access-control-request-headers", headers));
    }

    private static string RulesOf(WireResponse answer, string header) => $"{answer}, {answer.GetHeader(header) ?? "none"}";

    private static bool Exposes(WireResponse answer, string name) => answer.GetHeader("access-control-expose-headers") is { } exposed
        && exposed.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Refused(WireResponse answer) =>
        $"{(int)answer.Status}, allows {answer.GetHeader("access-control-allow-origin") ?? "none"}";
}
