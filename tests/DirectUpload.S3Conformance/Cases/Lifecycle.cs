namespace DirectUpload.S3Conformance;

/// <summary>A bucket's lifecycle configuration: what is taken, what is refused, and what an object's answers then tell.</summary>
public abstract class Lifecycle(S3ServerFixture server) : Suite(server)
{
    private const string ADay = "<Expiration><Days>1</Days></Expiration>";
    private const string Everything = "<Filter><Prefix></Prefix></Filter>";

    [Fact]
    public async Task A_new_bucket_has_no_lifecycle_configuration() =>
        Expect($"{await SendAuthorized(Configuration("GET", await Server.CreateBucketAsync()))}", "404 NoSuchLifecycleConfiguration");

    [Fact]
    public async Task A_lifecycle_configuration_is_read_as_it_was_put()
    {
        var bucket = await Server.CreateBucketAsync();
        var put = await Configure(bucket, Rule("<Filter><Prefix>tmp/</Prefix></Filter>", "<Expiration><Days>3</Days></Expiration>"));
        var got = await SendAuthorized(Configuration("GET", bucket));
        Expect($"{put}, {got.Element("ID")}, {got.Element("Prefix")}, {got.Element("Status")}, {got.Element("Days")}", "200, one, tmp/, Enabled, 3");
    }

    [Fact]
    public async Task A_deleted_lifecycle_configuration_is_gone()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule(Everything, ADay));
        var deleted = await SendAuthorized(Configuration("DELETE", bucket));
        Expect($"{deleted}, {await SendAuthorized(Configuration("GET", bucket))}", "204, 404 NoSuchLifecycleConfiguration");
    }

    [Fact]
    public async Task Putting_a_lifecycle_configuration_replaces_it()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule(Everything, ADay, id: "first"));
        await Configure(bucket, Rule(Everything, ADay, id: "second"));
        Expect(string.Join(' ', (await SendAuthorized(Configuration("GET", bucket))).Elements("ID")), "second");
    }

    [Fact]
    public async Task A_rule_without_a_name_is_given_one()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule(Everything, ADay).Replace("<ID>one</ID>", ""));
        Expect($"{(await SendAuthorized(Configuration("GET", bucket))).Element("ID") is { Length: > 0 }}", "True");
    }

    [Theory]
    [InlineData("prefix of its own", "<Prefix>a/</Prefix>")]
    [InlineData("empty filter", "<Filter/>")]
    [InlineData("tag", "<Filter><Tag><Key>t</Key><Value>1</Value></Tag></Filter>")]
    [InlineData("and", "<Filter><And><Prefix>a/</Prefix><Tag><Key>t</Key><Value>1</Value></Tag></And></Filter>")]
    [InlineData("sizes", "<Filter><And><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan><ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter>")]
    public async Task A_rule_may_name_its_objects_by(string what, string filter) =>
        Expect($"{await Configure(await Server.CreateBucketAsync(), Rule(filter, ADay))}", "200", of: what);

    [Theory]
    [InlineData("a date", "<Expiration><Date>2038-01-01T00:00:00Z</Date></Expiration>")]
    [InlineData("delete markers", "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>")]
    [InlineData("noncurrent versions", "<NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays></NoncurrentVersionExpiration>")]
    [InlineData("uploads", "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>")]
    public async Task A_rule_may_act_on(string what, string action) =>
        Expect($"{await Configure(await Server.CreateBucketAsync(), Rule(Everything, action))}", "200", of: what);

    [Theory]
    [InlineData("0", "400 InvalidArgument")]
    [InlineData("-1", "400 InvalidArgument")]
    [InlineData("soon", "400 MalformedXML")]
    public async Task Days_are_a_positive_number(string days, string aws) => Expect(
        $"{await Configure(await Server.CreateBucketAsync(), Rule(Everything, $"<Expiration><Days>{days}</Days></Expiration>"))}", aws, of: days);

    [Fact]
    public async Task A_date_that_is_no_midnight_is_refused() => Expect(await Refusal(
        Rule(Everything, "<Expiration><Date>2038-01-01T12:00:00Z</Date></Expiration>")), "400 InvalidArgument, 404");

    [Fact]
    public async Task Days_and_a_date_are_refused() => Expect(await Refusal(
        Rule(Everything, "<Expiration><Days>1</Days><Date>2038-01-01T00:00:00Z</Date></Expiration>")), "400 MalformedXML, 404");

    [Fact]
    public async Task A_rule_that_does_nothing_is_refused() => Expect(await Refusal(Rule(Everything, "")), "400 InvalidRequest, 404");

    [Fact]
    public async Task Another_status_is_refused() =>
        Expect(await Refusal(Rule(Everything, ADay).Replace("Enabled", "enabled")), "400 MalformedXML, 404");

    [Fact]
    public async Task Two_rules_of_one_name_are_refused() => Expect(
        await Refusal(Rule("<Filter><Prefix>a</Prefix></Filter>", ADay) + Rule("<Filter><Prefix>b</Prefix></Filter>", ADay)),
        "400 InvalidArgument, 404");

    [Fact]
    public async Task A_name_of_256_characters_is_refused() =>
        Expect(await Refusal(Rule(Everything, ADay, id: new string('i', 256))), "400 InvalidArgument, 404");

    [Fact]
    public async Task A_prefix_besides_a_filter_is_refused() =>
        Expect(await Refusal(Rule("<Prefix>a</Prefix><Filter><Prefix>a</Prefix></Filter>", ADay)), "400 MalformedXML, 404");

    [Fact]
    public async Task A_rule_that_names_no_objects_is_refused() => Expect(await Refusal(Rule("", ADay)), "400 MalformedXML, 404");

    [Fact]
    public async Task Two_conditions_without_an_and_are_refused() => Expect(await Refusal(
        Rule("<Filter><Prefix>a</Prefix><Tag><Key>t</Key><Value>1</Value></Tag></Filter>", ADay)), "400 MalformedXML, 404");

    [Fact]
    public async Task Aborting_uploads_by_a_tag_is_refused() => Expect(await Refusal(Rule("<Filter><Tag><Key>t</Key><Value>1</Value></Tag></Filter>",
        "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>")), "400 InvalidRequest, 404");

    [Fact]
    public async Task A_configuration_without_rules_is_refused() => Expect(await Refusal(""), "400 MalformedXML, 404");

    [Fact]
    public async Task An_expiring_object_s_put_tells_its_rule()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule("<Filter><Prefix>tmp/</Prefix></Filter>", ADay));
        Expect(Told(await SendAuthorized(WireRequest.For("PUT", bucket, "tmp/a").WithBody("x"))), "expiry-date=\"DATE 00:00:00 GMT\", rule-id=\"one\"");
    }

    [Fact]
    public async Task An_expiring_object_s_head_tells_its_rule()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule("<Filter><Prefix>tmp/</Prefix></Filter>", ADay));
        await SendAuthorized(WireRequest.For("PUT", bucket, "tmp/a").WithBody("x"));
        Expect(Told(await SendAuthorized(WireRequest.For("HEAD", bucket, "tmp/a"))), "expiry-date=\"DATE 00:00:00 GMT\", rule-id=\"one\"");
    }

    [Fact]
    public async Task Another_object_s_head_tells_no_rule()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule("<Filter><Prefix>tmp/</Prefix></Filter>", ADay));
        await SendAuthorized(WireRequest.For("PUT", bucket, "kept").WithBody("x"));
        Expect(Told(await SendAuthorized(WireRequest.For("HEAD", bucket, "kept"))), "none");
    }

    private static WireRequest Configuration(string method, string bucket) => WireRequest.For(method, bucket).WithQuery("lifecycle", "");

    [Fact]
    public async Task A_configuration_without_a_checksum_is_refused()
    {
        var bucket = await Server.CreateBucketAsync();
        var put = Configuration("PUT", bucket).WithBody($"<LifecycleConfiguration>{Rule(Everything, ADay)}</LifecycleConfiguration>");
        Expect($"{await SendAuthorized(put)}", "400 InvalidRequest");
    }

    private Task<WireAnswer> Configure(string bucket, string rules) => SendAuthorized(Configuration("PUT", bucket)
        .WithBody($"<LifecycleConfiguration>{rules}</LifecycleConfiguration>").WithContentMd5());

    /// <summary>The answer, and whether there is a configuration afterwards.</summary>
    private async Task<string> Refusal(string rules)
    {
        var bucket = await Server.CreateBucketAsync();
        return $"{await Configure(bucket, rules)}, {(int)(await SendAuthorized(Configuration("GET", bucket))).Status}";
    }

    private static string Rule(string filter, string action, string id = "one") =>
        $"<Rule><ID>{id}</ID>{filter}<Status>Enabled</Status>{action}</Rule>";

    private static string Told(WireAnswer answer) => System.Text.RegularExpressions.Regex.Replace(
        answer.Header("x-amz-expiration") ?? "none", "\"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4}", "\"DATE");
}
