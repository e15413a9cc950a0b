namespace DirectUpload.S3Conformance.Suites;

/// <summary>Never, enabled, suspended: what a bucket's state does to its objects.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VersionSuspendedBehavior.html</remarks>
public abstract class VersioningStates(S3ServerFixture server) : VersioningSuite(server)
{
    [Fact]
    public async Task A_never_versioned_bucket_has_no_status()
    {
        var answer = await Status(await Server.CreateBucketAsync());
        Expect($"{answer}, {answer.GetElement("Status") ?? "none"}", "200, none");
    }

    [Theory]
    [InlineData("Enabled")]
    [InlineData("Suspended")]
    public async Task The_versioning_status_is_returned(string status)
    {
        var bucket = await Server.CreateBucketAsync();
        await SetVersioning(bucket, status);
        Expect($"{(await Status(bucket)).GetElement("Status")}", status, of: status);
    }

    [Theory]
    [InlineData("<Status>Off</Status>", "400 MalformedXML")]
    [InlineData("", "400 IllegalVersioningConfigurationException")]
    public async Task An_unknown_versioning_status_is_refused(string content, string aws) =>
        Expect($"{await SendAuthorized(Versioning(await Server.CreateBucketAsync(), content))}", aws, of: content);

    [Fact]
    public async Task Without_versioning_a_write_has_no_id()
    {
        var bucket = await Server.CreateBucketAsync();
        Expect($"{await StoreVersion("first", bucket)}, {await Read("null", bucket)}", "none, 200, first");
    }

    [Fact]
    public async Task Without_versioning_an_id_is_refused()
    {
        var bucket = await Server.CreateBucketAsync();
        await StoreVersion("first", bucket);
        Expect(await Read("no-such-version", bucket), "400 InvalidArgument");
    }

    [Fact]
    public async Task An_existing_object_becomes_the_null_version()
    {
        var bucket = await Server.CreateBucketAsync();
        await StoreVersion("before", bucket);
        await SetVersioning(bucket, "Enabled");
        await StoreVersion("after", bucket);
        Expect($"{await Read("null", bucket)}, {await Read(null, bucket)}", "200, before, 200, after");
    }

    [Fact]
    public async Task When_suspended_a_write_has_no_id_and_removes_no_version()
    {
        var bucket = await Server.CreateBucketAsync();
        await SetVersioning(bucket, "Enabled");
        var kept = await StoreVersion("kept", bucket);
        await SetVersioning(bucket, "Suspended");
        var written = await StoreVersion("loose", bucket);
        var read = await SendAuthorized(CreateRequest("GET", bucket: bucket));
        Expect($"{written}, {read.GetHeader("x-amz-version-id")}, {read.Text}, {await Read(kept, bucket)}", "none, null, loose, 200, kept");
    }

    [Fact]
    public async Task When_suspended_a_write_replaces_the_null_version()
    {
        var bucket = await Server.CreateBucketAsync();
        await StoreVersion("first", bucket);
        await SetVersioning(bucket, "Suspended");
        await StoreVersion("second", bucket);
        var list = await SendAuthorized(List(bucket));
        Expect($"{await Read("null", bucket)}, {list.GetElements("VersionId").Count()} version", "200, second, 1 version");
    }

    [Fact]
    public async Task When_suspended_a_delete_replaces_the_null_version()
    {
        var bucket = await Server.CreateBucketAsync();
        await SetVersioning(bucket, "Enabled");
        var kept = await StoreVersion("kept", bucket);
        await SetVersioning(bucket, "Suspended");
        await StoreVersion("loose", bucket);
        var delete = await SendAuthorized(CreateRequest("DELETE", bucket: bucket));
        Expect(
            $"{delete}, {delete.GetHeader("x-amz-delete-marker")}, {delete.GetHeader("x-amz-version-id")}, {await Read(null, bucket)}, " +
                $"{await Read("null", bucket)}, {await Read(kept, bucket)}",
            "204, true, null, 404 NoSuchKey, 405 MethodNotAllowed, 200, kept");
    }

    [Fact]
    public async Task A_bucket_with_only_old_versions_cannot_be_deleted()
    {
        var bucket = await Server.CreateBucketAsync();
        await SetVersioning(bucket, "Enabled");
        await StoreVersion("first", bucket);
        await SendAuthorized(CreateRequest("DELETE", bucket: bucket));
        Expect($"{await SendAuthorized(WireRequest.ForObject("DELETE", bucket))}", "409 BucketNotEmpty");
    }

    private Task<WireResponse> Status(string bucket) => SendAuthorized(WireRequest.ForObject("GET", bucket).WithQuery("versioning", ""));
}
