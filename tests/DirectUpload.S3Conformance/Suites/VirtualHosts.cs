namespace DirectUpload.S3Conformance.Suites;

/// <summary>The bucket in the host instead of the path.</summary>
public abstract class VirtualHosts(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task An_object_is_put_and_read_at_the_bucket_s_host()
    {
        var put = await SendAuthorized(At("PUT").WithBody("hello"));
        var got = await SendAuthorized(At("GET"));
        Expect($"{put}, {got} {got.Text}, by the path: {await ReadStored()}", "200, 200 hello, by the path: hello");
    }

    [Fact]
    public async Task A_presigned_URL_works_at_the_bucket_s_host() =>
        Expect(await SendAndRead(Signer.Presign(At("PUT").WithBody("hello"))), "200, hello");

    [Fact]
    public async Task A_form_is_posted_to_the_bucket_s_host()
    {
        var form = new PostForm(Signer, Bucket).With("key", Key).Build();
        Expect(await SendAndRead(form with { Path = "/", Host = $"{Bucket}.{Server.VirtualHostSuffix}" }), "204, hello");
    }

    [Fact]
    public async Task Special_characters_work_at_the_bucket_s_host()
    {
        var key = $"{Key}/a b+c//\u00e9/100%25/.";
        await SendAuthorized(WireRequest.ForVirtualHost("PUT", Bucket, Server.VirtualHostSuffix, key).WithBody("odd"));
        Expect(await ReadStored(key), "odd");
    }

    [Fact]
    public async Task A_bucket_s_host_lists_the_bucket()
    {
        await Store();
        var list = At("GET") with { Path = "/" };
        var answer = await SendAuthorized(list.WithQuery("list-type", "2").WithQuery("prefix", Key));
        Expect($"{answer}, {answer.GetElement("Name") == Bucket}, {answer.GetElement("Key") == Key}", "200, True, True");
    }

    [Fact]
    public async Task A_bucket_with_dots_in_its_name_has_a_host()
    {
        var bucket = Server.NewBucketName() + ".with.dots";
        var host = WireRequest.ForVirtualHost("PUT", bucket, Server.VirtualHostSuffix);
        var made = await SendAuthorized(host);
        var put = await SendAuthorized(host with { Path = $"/{Key}", Body = "dots"u8.ToArray() });
        var got = await SendAuthorized(WireRequest.ForObject("GET", bucket, Key));
        await SendAuthorized(WireRequest.ForObject("DELETE", bucket, Key));
        await SendAuthorized(WireRequest.ForObject("DELETE", bucket));
        Expect($"{made}, {put}, {got.Text}", "200, 200, dots");
    }

    [Fact]
    public async Task Another_bucket_s_host_does_not_match_the_signature()
    {
        var another = await Server.CreateBucketAsync();
        var put = Signer.Presign(At("PUT").WithBody("hello"));
        Expect(await SendAndRead(put with { Host = $"{another}.{Server.VirtualHostSuffix}" }), "403 SignatureDoesNotMatch, nothing");
    }

    [Fact]
    public async Task A_path_style_signature_does_not_match_at_the_host()
    {
        var host = $"{Bucket}.{Server.VirtualHostSuffix}";
        var put = Signer.Presign(Put() with { Host = host });
        Expect(await SendAndRead(put with { Path = $"/{Key}" }), "403 SignatureDoesNotMatch, nothing");
    }

    [Fact]
    public async Task A_host_of_a_missing_bucket_returns_404() => Expect(
        $"{await SendAuthorized(WireRequest.ForVirtualHost("GET", "no-such-bucket-here", Server.VirtualHostSuffix, Key))}",
        "404 NoSuchBucket");

    [Fact]
    public async Task A_preflight_at_the_bucket_s_host_uses_its_rules()
    {
        var answer = await Send(
            At("OPTIONS").WithHeader("origin", "https://app.example").WithHeader("access-control-request-method", "PUT"));
        var methods = answer.GetHeader("access-control-allow-methods")?.Contains("PUT", StringComparison.Ordinal);
        Expect($"{answer}, PUT among the methods: {methods}", "200, PUT among the methods: True");
    }

    private WireRequest At(string method) => WireRequest.ForVirtualHost(method, Bucket, Server.VirtualHostSuffix, Key);
}
