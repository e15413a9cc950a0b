namespace DirectUpload.S3Conformance.Suites;

/// <summary>What an application asks of a bucket itself.</summary>
public abstract class Buckets(S3ServerFixture server) : ConformanceSuite(server)
{
    private readonly string bucket = server.NewBucketName();

    [Fact]
    public async Task A_bucket_is_created() => Expect($"{await Send("PUT")}, {await Send("HEAD")}", "200, 200");

    [Fact]
    public async Task A_bucket_s_owner_can_create_it_again()
    {
        await Send("PUT");
        Expect($"{await Send("PUT")}", "200");
    }

    [Fact]
    public async Task A_missing_bucket_returns_404() => Expect($"{await Send("HEAD")}", "404");

    [Fact]
    public async Task A_bucket_returns_its_location()
    {
        await Send("PUT");
        var answer = await SendAuthorized(WireRequest.ForObject("GET", bucket).WithQuery("location", ""));
        // us-east-1 has no location constraint
        var returned = answer.Text.Contains("<LocationConstraint", StringComparison.Ordinal);
        Expect($"{answer}, {returned}, {answer.GetElement("LocationConstraint") ?? ""}", "200, True, ");
    }

    [Fact]
    public async Task Creating_a_bucket_needs_a_signature()
    {
        var answer = await Send(WireRequest.ForObject("PUT", bucket));
        Expect($"{answer}, {await Send("HEAD")}", "403 AccessDenied, 404");
    }

    [Fact]
    public async Task A_new_bucket_has_no_CORS_rules()
    {
        await Send("PUT");
        Expect($"{await SendAuthorized(WireRequest.ForObject("GET", bucket).WithQuery("cors", ""))}", "404 NoSuchCORSConfiguration");
    }

    private Task<WireResponse> Send(string method) => SendAuthorized(WireRequest.ForObject(method, bucket));
}
