namespace DirectUpload.S3Conformance;

/// <summary>What an application asks of a bucket itself.</summary>
public abstract class Buckets(S3ServerFixture server) : Suite(server)
{
    private readonly string bucket = server.NewBucketName();

    [Fact]
    public async Task A_bucket_is_made() => Expect($"{await Send("PUT")}, {await Send("HEAD")}", "200, 200");

    [Fact]
    public async Task A_bucket_s_owner_may_make_it_again()
    {
        await Send("PUT");
        Expect($"{await Send("PUT")}", "200");
    }

    [Fact]
    public async Task A_missing_bucket_is_answered_404() => Expect($"{await Send("HEAD")}", "404");

    [Fact]
    public async Task A_bucket_tells_where_it_is()
    {
        await Send("PUT");
        var answer = await SendAuthorized(WireRequest.For("GET", bucket).WithQuery("location", ""));
        // us-east-1 has no location constraint
        var told = answer.Text.Contains("<LocationConstraint", StringComparison.Ordinal);
        Expect($"{answer}, {told}, {answer.Element("LocationConstraint") ?? ""}", "200, True, ");
    }

    [Fact]
    public async Task Without_a_signature_no_bucket_is_made()
    {
        var answer = await Send(WireRequest.For("PUT", bucket));
        Expect($"{answer}, {await Send("HEAD")}", "403 AccessDenied, 404");
    }

    [Fact]
    public async Task A_new_bucket_has_no_cors_rules()
    {
        await Send("PUT");
        Expect($"{await SendAuthorized(WireRequest.For("GET", bucket).WithQuery("cors", ""))}", "404 NoSuchCORSConfiguration");
    }

    private Task<WireAnswer> Send(string method) => SendAuthorized(WireRequest.For(method, bucket));
}
