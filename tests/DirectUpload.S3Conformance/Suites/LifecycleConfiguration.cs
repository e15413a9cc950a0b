namespace DirectUpload.S3Conformance.Suites;

/// <summary>Tests lifecycle configurations: accepted and refused ones, and the headers of the objects.</summary>
public abstract class LifecycleConfiguration(S3ServerFixture server) : ConformanceSuite(server)
{
    private const string ADay = "<Expiration><Days>1</Days></Expiration>";
    private const string Everything = "<Filter><Prefix></Prefix></Filter>";

    [Fact]
    public async Task A_new_bucket_has_no_lifecycle_configuration() =>
        Expect($"{await SendAuthorized(Configuration("GET", await Server.CreateBucketAsync()))}", "404 NoSuchLifecycleConfiguration");

    [Fact]
    public async Task A_lifecycle_configuration_round_trips()
    {
        var bucket = await Server.CreateBucketAsync();
        var put = await Configure(bucket, Rule("<Filter><Prefix>tmp/</Prefix></Filter>", "<Expiration><Days>3</Days></Expiration>"));
        var got = await SendAuthorized(Configuration("GET", bucket));
        Expect(
            $"{put}, {got.GetElement("ID")}, {got.GetElement("Prefix")}, {got.GetElement("Status")}, {got.GetElement("Days")}",
            "200, one, tmp/, Enabled, 3");
    }

    [Fact]
    public async Task A_deleted_lifecycle_configuration_is_not_found()
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
        Expect(string.Join(' ', (await SendAuthorized(Configuration("GET", bucket))).GetElements("ID")), "second");
    }

    [Fact]
    public async Task A_rule_without_an_id_gets_one()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule(Everything, ADay).Replace("<ID>one</ID>", ""));
        Expect($"{(await SendAuthorized(Configuration("GET", bucket))).GetElement("ID") is { Length: > 0 }}", "True");
    }

    [Theory]
    [InlineData("prefix of its own", "<Prefix>a/</Prefix>")]
    [InlineData("empty filter", "<Filter/>")]
    [InlineData("tag", "<Filter><Tag><Key>t</Key><Value>1</Value></Tag></Filter>")]
    [InlineData("and", "<Filter><And><Prefix>a/</Prefix><Tag><Key>t</Key><Value>1</Value></Tag></And></Filter>")]
    [InlineData(
        "sizes", "<Filter><And><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan><ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter>")]
    public async Task A_rule_can_filter_by(string what, string filter) =>
        Expect($"{await Configure(await Server.CreateBucketAsync(), Rule(filter, ADay))}", "200", of: what);

    [Theory]
    [InlineData("a date", "<Expiration><Date>2038-01-01T00:00:00Z</Date></Expiration>")]
    [InlineData("delete markers", "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>")]
    [InlineData("noncurrent versions", "<NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays></NoncurrentVersionExpiration>")]
    [InlineData("uploads", "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>")]
    public async Task A_rule_can_act_on(string what, string action) =>
        Expect($"{await Configure(await Server.CreateBucketAsync(), Rule(Everything, action))}", "200", of: what);

    [Theory]
    [InlineData("0", "400 InvalidArgument")]
    [InlineData("-1", "400 InvalidArgument")]
    [InlineData("soon", "400 MalformedXML")]
    public async Task Days_must_be_a_positive_number(string days, string aws) => Expect(
        $"{await Configure(await Server.CreateBucketAsync(), Rule(Everything, $"<Expiration><Days>{days}</Days></Expiration>"))}", aws,
        of: days);

    [Fact]
    public async Task A_date_other_than_midnight_is_refused() => Expect(await Refusal(
        Rule(Everything, "<Expiration><Date>2038-01-01T12:00:00Z</Date></Expiration>")), "400 InvalidArgument, 404");

    [Fact]
    public async Task Days_together_with_a_date_are_refused() => Expect(await Refusal(
        Rule(Everything, "<Expiration><Days>1</Days><Date>2038-01-01T00:00:00Z</Date></Expiration>")), "400 MalformedXML, 404");

    [Fact]
    public async Task A_rule_without_an_action_is_refused() => Expect(await Refusal(Rule(Everything, "")), "400 InvalidRequest, 404");

    [Fact]
    public async Task An_unknown_rule_status_is_refused() =>
        Expect(await Refusal(Rule(Everything, ADay).Replace("Enabled", "enabled")), "400 MalformedXML, 404");

    [Fact]
    public async Task Two_rules_with_one_id_are_refused() => Expect(
        await Refusal(Rule("<Filter><Prefix>a</Prefix></Filter>", ADay) + Rule("<Filter><Prefix>b</Prefix></Filter>", ADay)),
        "400 InvalidArgument, 404");

    [Fact]
    public async Task A_rule_id_of_256_characters_is_refused() =>
        Expect(await Refusal(Rule(Everything, ADay, id: new string('i', 256))), "400 InvalidArgument, 404");

    [Fact]
    public async Task A_prefix_next_to_a_filter_is_refused() =>
        Expect(await Refusal(Rule("<Prefix>a</Prefix><Filter><Prefix>a</Prefix></Filter>", ADay)), "400 MalformedXML, 404");

    [Fact]
    public async Task A_rule_without_a_filter_is_refused() => Expect(await Refusal(Rule("", ADay)), "400 MalformedXML, 404");

    [Fact]
    public async Task Two_conditions_without_an_and_are_refused() => Expect(await Refusal(
        Rule("<Filter><Prefix>a</Prefix><Tag><Key>t</Key><Value>1</Value></Tag></Filter>", ADay)), "400 MalformedXML, 404");

    [Fact]
    public async Task Aborting_uploads_by_a_tag_is_refused() =>
        Expect(await Refusal(Rule("<Filter><Tag><Key>t</Key><Value>1</Value></Tag></Filter>",
            "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>")),
            "400 InvalidRequest, 404");

    [Fact]
    public async Task A_configuration_without_rules_is_refused() => Expect(await Refusal(""), "400 MalformedXML, 404");

    [Fact]
    public async Task A_put_of_an_expiring_object_returns_its_rule()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule("<Filter><Prefix>tmp/</Prefix></Filter>", ADay));
        Expect(
            ExpirationOf(await SendAuthorized(WireRequest.ForObject("PUT", bucket, "tmp/a").WithBody("x"))),
            "expiry-date=\"DATE 00:00:00 GMT\", rule-id=\"one\"");
    }

    [Fact]
    public async Task A_head_of_an_expiring_object_returns_its_rule()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule("<Filter><Prefix>tmp/</Prefix></Filter>", ADay));
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "tmp/a").WithBody("x"));
        Expect(
            ExpirationOf(await SendAuthorized(WireRequest.ForObject("HEAD", bucket, "tmp/a"))),
            "expiry-date=\"DATE 00:00:00 GMT\", rule-id=\"one\"");
    }

    [Fact]
    public async Task A_head_of_another_object_returns_no_rule()
    {
        var bucket = await Server.CreateBucketAsync();
        await Configure(bucket, Rule("<Filter><Prefix>tmp/</Prefix></Filter>", ADay));
        await SendAuthorized(WireRequest.ForObject("PUT", bucket, "kept").WithBody("x"));
        Expect(ExpirationOf(await SendAuthorized(WireRequest.ForObject("HEAD", bucket, "kept"))), "none");
    }

    private static WireRequest Configuration(string method, string bucket) =>
        WireRequest.ForObject(method, bucket).WithQuery("lifecycle", "");

    [Fact]
    public async Task A_configuration_without_a_checksum_is_refused()
    {
        var bucket = await Server.CreateBucketAsync();
        var put = Configuration("PUT", bucket).WithBody($"<LifecycleConfiguration>{Rule(Everything, ADay)}</LifecycleConfiguration>");
        Expect($"{await SendAuthorized(put)}", "400 InvalidRequest");
    }

    private Task<WireResponse> Configure(string bucket, string rules) => SendAuthorized(Configuration("PUT", bucket)
        .WithBody($"<LifecycleConfiguration>{rules}</LifecycleConfiguration>").WithContentMd5());

    /// <summary>The answer, and whether there is a configuration afterwards.</summary>
    private async Task<string> Refusal(string rules)
    {
        var bucket = await Server.CreateBucketAsync();
        return $"{await Configure(bucket, rules)}, {(int)(await SendAuthorized(Configuration("GET", bucket))).Status}";
    }

    private static string Rule(string filter, string action, string id = "one") =>
        $"<Rule><ID>{id}</ID>{filter}<Status>Enabled</Status>{action}</Rule>";

    private static string ExpirationOf(WireResponse answer) => System.Text.RegularExpressions.Regex.Replace(
        answer.GetHeader("x-amz-expiration") ?? "none", "\"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4}", "\"DATE");
}
