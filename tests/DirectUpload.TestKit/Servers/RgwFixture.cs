namespace DirectUpload.TestKit;

/// <summary>Ceph RGW as tests/run brought it up. It outlives the fixture and holds a thousand buckets at most: they are removed.</summary>
public sealed class RgwFixture : S3ServerFixture
{
    public override string VirtualHostSuffix => RgwEngine.Require().VirtualHostSuffix;

    /// <summary>By AssumeRole. The gateway that takes session tokens is another one, over the same data.</summary>
    public override async Task<S3Session> IssueSessionAsync()
    {
        var engine = RgwEngine.Require();
        var sts = Access with { Endpoint = engine.StsEndpoint };
        var form = $"Action=AssumeRole&Version=2011-06-15&RoleSessionName=tests&DurationSeconds=3600&RoleArn={UriEncoding.Value(engine.RoleArn)}";
        var answer = await this.SendAsync(new TestSigner(sts) { Service = "sts" }.Authorize(
            new WireRequest("POST", "/") { Host = sts.Host }.WithBody(form).WithHeader("content-type", "application/x-www-form-urlencoded")));
        string Part(string name) => answer.Element(name) ?? throw new InvalidOperationException($"AssumeRole: {answer.Status} {answer.Text}");
        return new S3Session(sts with { AccessKey = Part("AccessKeyId"), SecretKey = Part("SecretAccessKey") }, Part("SessionToken"));
    }

    protected override Task<S3Access?> StartAsync() => Task.FromResult(RgwEngine.Find()?.Access);

    protected override Exception Absent()
    {
        RgwEngine.Require();
        return new InvalidOperationException("InitializeAsync was not called");
    }

    protected override async ValueTask StopAsync()
    {
        if (Started) await Parallel.ForEachAsync(Buckets, async (bucket, _) => await RemoveAsync(bucket));
    }

    private async Task RemoveAsync(string bucket)
    {
        var list = await this.SendAsync(Signer.Authorize(WireRequest.For("GET", bucket).WithQuery("list-type", "2")));
        foreach (var key in list.Elements("Key"))
            await this.SendAsync(Signer.Authorize(WireRequest.For("DELETE", bucket, key)));
        await this.SendAsync(Signer.Authorize(WireRequest.For("DELETE", bucket)));
    }
}
