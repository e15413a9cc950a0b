using Amazon.S3.Model;

namespace DirectUpload.S3Conformance;

/// <summary>What a browser on another origin is told before it uploads, and with every answer.</summary>
public abstract class Cors(S3ServerFixture server) : Suite(server)
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
    public async Task A_preflight_is_answered()
    {
        var answer = await Preflight(Rule);
        var put = answer.Header("access-control-allow-methods")?.Contains("PUT", StringComparison.Ordinal);
        Expect($"{answer}, {answer.Header("access-control-allow-origin")}, PUT among the methods: {put}",
            $"200, {Origin}, PUT among the methods: True");
    }

    [Fact]
    public async Task A_preflight_tells_how_long_it_holds() =>
        Expect(Told(await Preflight(Rule), "access-control-max-age"), "200, 300");

    [Fact]
    public async Task A_preflight_allows_the_headers_that_were_asked_for() => Expect(
        Told(await Preflight(Rule, headers: "content-type,x-amz-meta-name"), "access-control-allow-headers").Replace(", ", ","),
        "200,content-type,x-amz-meta-name");

    [Fact]
    public async Task A_preflight_needs_no_signature_and_no_object() =>
        Expect($"{await Preflight(Rule, method: "GET")}", "200");

    /// <summary>Before a browser uploads to a presigned URL. It asks that very URL, with its signature.</summary>
    [Fact]
    public async Task A_preflight_of_a_presigned_url_allows_its_upload()
    {
        var presigned = Signer.Presign((await PutIn(Rule)).WithHeader("content-type", "text/plain"));
        var answer = await Send(presigned with
        {
            Method = "OPTIONS",
            Body = default,
            Headers = WireRequest.For("OPTIONS", Bucket)
                .WithHeader("origin", Origin).WithHeader("access-control-request-method", "PUT")
                .WithHeader("access-control-request-headers", "content-type").Headers,
        });
        var put = answer.Header("access-control-allow-methods")?.Contains("PUT", StringComparison.Ordinal) ?? false;
        var type = answer.Header("access-control-allow-headers")?.Contains("content-type", StringComparison.OrdinalIgnoreCase) ?? false;
        Expect($"{answer}, {answer.Header("access-control-allow-origin")}, PUT: {put}, content-type: {type}",
            $"200, {Origin}, PUT: True, content-type: True");
    }

    [Fact]
    public async Task A_preflight_from_another_origin_is_refused() =>
        Expect(Refused(await Preflight(Rule, origin: "https://evil.example")), "403, allows nobody");

    [Fact]
    public async Task A_preflight_for_another_method_is_refused() =>
        Expect(Refused(await Preflight(Rule, method: "DELETE")), "403, allows nobody");

    [Fact]
    public async Task A_preflight_for_another_header_is_refused() =>
        Expect(Refused(await Preflight(Rule, headers: "content-type,x-other")), "403, allows nobody");

    [Fact]
    public async Task A_preflight_of_a_bucket_without_rules_is_refused() => Expect(Refused(await Preflight()), "403, allows nobody");

    [Theory]
    [InlineData("https://one.partner.example", "200")]
    [InlineData("https://partner.example", "403")]
    [InlineData("http://one.partner.example", "403")]
    [InlineData("https://one.partner.example.evil.example", "403")]
    public async Task An_origin_with_a_star_in_it_is_matched(string origin, string status) =>
        Expect($"{(int)(await Preflight(Rule, origin: origin)).Status}", status, of: origin);

    [Fact]
    public async Task A_rule_for_every_origin_is_answered_with_a_star() => Expect(
        Told(await Preflight(new CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["PUT"] }), "access-control-allow-origin"), "200, *");

    [Fact]
    public async Task An_upload_s_answer_may_be_read_by_the_origin()
    {
        var answer = await SendFrom(Origin, Signer.Presign(await PutIn(Rule)));
        Expect($"{answer}, {answer.Header("access-control-allow-origin")}, exposes the ETag: {Exposes(answer, "ETag")}",
            $"200, {Origin}, exposes the ETag: True");
    }

    [Fact]
    public async Task An_answer_to_a_named_origin_varies_by_origin()
    {
        var answer = await SendFrom(Origin, Signer.Presign(await PutIn(Rule)));
        Expect($"{answer}, {answer.Header("vary")?.Contains("Origin", StringComparison.OrdinalIgnoreCase) ?? false}", "200, True");
    }

    [Fact]
    public async Task A_form_s_answer_may_be_read_by_the_origin()
    {
        var bucket = await Server.CreateBucketAsync(Rule);
        var answer = await SendFrom(Origin, new PostForm(Signer, bucket).With("key", Key).Build());
        Expect($"{answer}, {answer.Header("access-control-allow-origin")}", $"204, {Origin}");
    }

    [Fact]
    public async Task A_refusal_may_be_read_by_the_origin()
    {
        var answer = await SendFrom(Origin, Signer.Presign(await PutIn(Rule)).WithQuery("X-Amz-Expires", "600"));
        Expect($"{answer}, {answer.Header("access-control-allow-origin")}", $"403 SignatureDoesNotMatch, {Origin}");
    }

    [Fact]
    public async Task A_404_may_be_read_by_the_origin()
    {
        var bucket = await Server.CreateBucketAsync(Rule);
        var answer = await SendFrom(Origin, Signer.Presign(WireRequest.For("GET", bucket, Key)));
        Expect($"{answer}, {answer.Header("access-control-allow-origin")}", $"404 NoSuchKey, {Origin}");
    }

    [Fact]
    public async Task Another_origin_gets_the_answer_without_permission_to_read_it()
    {
        var answer = await SendFrom("https://evil.example", Signer.Presign(await PutIn(Rule)));
        Expect($"{answer}, {answer.Header("access-control-allow-origin") ?? "nobody"}", "200, nobody");
    }

    [Fact]
    public async Task Without_an_origin_nothing_is_said_of_cors()
    {
        var answer = await Send(Signer.Presign(await PutIn(Rule)));
        Expect($"{answer}, {answer.Header("access-control-allow-origin") ?? "nobody"}", "200, nobody");
    }

    [Fact]
    public async Task The_rules_of_a_bucket_are_told()
    {
        var bucket = await Server.CreateBucketAsync(Rule);
        var rules = await SendAuthorized(WireRequest.For("GET", bucket).WithQuery("cors", ""));
        Expect($"{rules}, {string.Join('|', rules.Elements("AllowedOrigin").Order(StringComparer.Ordinal))}",
            $"200, https://*.partner.example|{Origin}");
    }

    private async Task<WireRequest> PutIn(CORSRule rule) =>
        WireRequest.For("PUT", await Server.CreateBucketAsync(rule), Key).WithBody("hello");

    private Task<WireAnswer> SendFrom(string origin, WireRequest request) => Send(request.WithHeader("origin", origin));

    private Task<WireAnswer> Preflight(CORSRule rule, string origin = Origin, string method = "PUT", string? headers = null) =>
        Preflight([rule], origin, method, headers);

    private Task<WireAnswer> Preflight() => Preflight([], Origin, "PUT", null);

    private async Task<WireAnswer> Preflight(CORSRule[] rules, string origin, string method, string? headers)
    {
        var request = WireRequest.For("OPTIONS", await Server.CreateBucketAsync(rules), Key)
            .WithHeader("origin", origin).WithHeader("access-control-request-method", method);
        return await Send(headers is null ? request : request.WithHeader("access-control-request-headers", headers));
    }

    private static string Told(WireAnswer answer, string header) => $"{answer}, {answer.Header(header) ?? "none"}";

    private static bool Exposes(WireAnswer answer, string name) => answer.Header("access-control-expose-headers") is { } exposed
        && exposed.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Refused(WireAnswer answer) =>
        $"{(int)answer.Status}, allows {answer.Header("access-control-allow-origin") ?? "nobody"}";
}
