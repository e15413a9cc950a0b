namespace DirectUpload.S3Conformance;

/// <summary>The bucket in the host instead of the path.</summary>
public abstract class VirtualHosts(S3ServerFixture server) : Suite(server)
{
    [Fact]
    public async Task An_object_is_put_and_read_at_the_bucket_s_host()
    {
        var put = await SendAuthorized(At("PUT").WithBody("hello"));
        var got = await SendAuthorized(At("GET"));
        Expect($"{put}, {got} {got.Text}, by the path: {await Stored()}", "200, 200 hello, by the path: hello");
    }

    [Fact]
    public async Task A_presigned_url_works_at_the_bucket_s_host() =>
        Expect(await Upload(Signer.Presign(At("PUT").WithBody("hello"))), "200, hello");

    [Fact]
    public async Task A_form_is_posted_to_the_bucket_s_host()
    {
        var form = new PostForm(Signer, Bucket).With("key", Key).Build();
        Expect(await Upload(form with { Path = "/", Host = $"{Bucket}.{Server.VirtualHostSuffix}" }), "204, hello");
    }

    [Fact]
    public async Task An_odd_key_is_the_same_at_the_bucket_s_host()
    {
        var key = $"{Key}/a b+c//\u00e9/100%25/.";
        await SendAuthorized(WireRequest.AtHost("PUT", Bucket, Server.VirtualHostSuffix, key).WithBody("odd"));
        Expect(await Stored(key), "odd");
    }

    [Fact]
    public async Task A_bucket_s_host_lists_the_bucket()
    {
        await Store();
        var list = At("GET") with { Path = "/" };
        var answer = await SendAuthorized(list.WithQuery("list-type", "2").WithQuery("prefix", Key));
        Expect($"{answer}, {answer.Element("Name") == Bucket}, {answer.Element("Key") == Key}", "200, True, True");
    }

    [Fact]
    public async Task A_bucket_with_dots_has_a_host_too()
    {
        var bucket = Server.NewBucketName() + ".with.dots";
        var host = WireRequest.AtHost("PUT", bucket, Server.VirtualHostSuffix);
        var made = await SendAuthorized(host);
        var put = await SendAuthorized(host with { Path = $"/{Key}", Body = "dots"u8.ToArray() });
        var got = await SendAuthorized(WireRequest.For("GET", bucket, Key));
        await SendAuthorized(WireRequest.For("DELETE", bucket, Key));
        await SendAuthorized(WireRequest.For("DELETE", bucket));
        Expect($"{made}, {put}, {got.Text}", "200, 200, dots");
    }

    [Fact]
    public async Task Another_bucket_s_host_does_not_match_the_signature()
    {
        var another = await Server.CreateBucketAsync();
        var put = Signer.Presign(At("PUT").WithBody("hello"));
        Expect(await Upload(put with { Host = $"{another}.{Server.VirtualHostSuffix}" }), "403 SignatureDoesNotMatch, nothing");
    }

    [Fact]
    public async Task A_path_that_was_signed_with_the_bucket_does_not_match_at_its_host()
    {
        var host = $"{Bucket}.{Server.VirtualHostSuffix}";
        var put = Signer.Presign(Put() with { Host = host });
        Expect(await Upload(put with { Path = $"/{Key}" }), "403 SignatureDoesNotMatch, nothing");
    }

    [Fact]
    public async Task A_host_of_a_missing_bucket_is_answered_404() => Expect(
        $"{await SendAuthorized(WireRequest.AtHost("GET", "no-such-bucket-here", Server.VirtualHostSuffix, Key))}", "404 NoSuchBucket");

    [Fact]
    public async Task A_preflight_at_the_bucket_s_host_knows_the_bucket_s_rules()
    {
        var answer = await Send(At("OPTIONS").WithHeader("origin", "https://app.example").WithHeader("access-control-request-method", "PUT"));
        var methods = answer.Header("access-control-allow-methods")?.Contains("PUT", StringComparison.Ordinal);
        Expect($"{answer}, PUT among the methods: {methods}", "200, PUT among the methods: True");
    }

    private WireRequest At(string method) => WireRequest.AtHost(method, Bucket, Server.VirtualHostSuffix, Key);
}
