using System.Collections.Concurrent;

namespace DirectUpload.TestKit;

/// <summary>Ceph RGW as tests/run brought it up. It outlives the fixture and holds a thousand buckets at most: they are removed.</summary>
public sealed class RgwFixture : S3ServerFixture
{
    private const string PolicyName = "permissions";

    private readonly ConcurrentBag<string> roles = [];

    public override string VirtualHostSuffix => RgwEngine.Require().VirtualHostSuffix;

    public override S3Features Lacks => S3Features.Checksums;

    public override async Task<string> CreateTopicAsync() => await CreateTopicAsync((await EventReceiver.SharedAsync()).Endpoint);

    private async Task<string> CreateTopicAsync(Uri endpoint)
    {
        var answer = await AskAsync(Access, "sns", ("Action", "CreateTopic"), ("Name", $"topic-{Guid.NewGuid():N}"),
            ("Attributes.entry.1.key", "push-endpoint"), ("Attributes.entry.1.value", endpoint.ToString()));
        return Required(answer, "TopicArn");
    }

    /// <summary>By AssumeRole. The gateway that takes session tokens is another one, over the same data.</summary>
    public override Task<S3Session> IssueSessionAsync() => AssumeAsync(RgwEngine.Require().RoleArn);

    /// <summary>The same, of a role that has no other permissions than a policy allows. (A session's own policy makes a refused POST a 204 there.)</summary>
    /// <param name="policy">An IAM policy as JSON.</param>
    public async Task<S3Session> IssueSessionAsync(string policy)
    {
        var role = $"role-{Guid.NewGuid():N}";
        var user = await AskIamAsync("GetRole", ("RoleName", RgwEngine.Require().RoleArn.Split('/')[^1]));
        var created = await AskIamAsync("CreateRole", ("RoleName", role), ("Path", "/"), ("AssumeRolePolicyDocument", Uri.UnescapeDataString(Required(user, "AssumeRolePolicyDocument"))));
        roles.Add(role);
        await AskIamAsync("PutRolePolicy", ("RoleName", role), ("PolicyName", PolicyName), ("PolicyDocument", policy));
        return await AssumeAsync(Required(created, "Arn"));
    }

    private async Task<S3Session> AssumeAsync(string roleArn)
    {
        var engine = RgwEngine.Require();
        var sts = Access with { Endpoint = engine.StsEndpoint };
        var answer = await AskAsync(sts, "sts", ("Action", "AssumeRole"), ("Version", "2011-06-15"), ("RoleArn", roleArn),
            ("RoleSessionName", "tests"), ("DurationSeconds", "3600"));
        return new S3Session(
            sts with { AccessKey = Required(answer, "AccessKeyId"), SecretKey = Required(answer, "SecretAccessKey") },
            Required(answer, "SessionToken"));
    }

    protected override Task<string> CreateTopicForAsync(string bucket, Uri endpoint) => CreateTopicAsync(endpoint);

    protected override Task<S3Access?> StartAsync() => Task.FromResult(RgwEngine.Find()?.Access);

    protected override Exception Absent()
    {
        RgwEngine.Require();
        return new InvalidOperationException("InitializeAsync was not called");
    }

    protected override async ValueTask StopAsync()
    {
        if (Started) await Parallel.ForEachAsync(Buckets, async (bucket, _) => await RemoveAsync(bucket));
        foreach (var role in roles)
        {
            await AskIamAsync("DeleteRolePolicy", ("RoleName", role), ("PolicyName", PolicyName));
            await AskIamAsync("DeleteRole", ("RoleName", role));
        }
    }

    private async Task<WireAnswer> AskIamAsync(string action, params (string Name, string Value)[] form)
    {
        var answer = await AskAsync(Access, "iam", [("Action", action), ("Version", "2010-05-08"), .. form]);
        return (int)answer.Status is 200 or 404 ? answer : throw new InvalidOperationException($"RGW: {action}: {answer.Status} {answer.Text}");
    }

    /// <summary>A call of one of AWS's query APIs: a signed form.</summary>
    private Task<WireAnswer> AskAsync(S3Access access, string service, params (string Name, string Value)[] form) =>
        this.SendAsync(new TestSigner(access) { Service = service }.Authorize(new WireRequest("POST", "/") { Host = access.Host }
            .WithBody(string.Join('&', form.Select(field => $"{field.Name}={UriEncoding.Value(field.Value)}")))
            .WithHeader("content-type", "application/x-www-form-urlencoded")
            // A push endpoint with a password is only taken over what counts as HTTPS.
            .WithHeader("x-forwarded-proto", "https")));

    private static string Required(WireAnswer answer, string name) =>
        answer.Element(name) ?? throw new InvalidOperationException($"RGW: {answer.Status} {answer.Text}");

    private async Task RemoveAsync(string bucket)
    {
        await this.SendAsync(Signer.Authorize(WireRequest.For("DELETE", bucket).WithQuery("policy", "")));
        var list = await this.SendAsync(Signer.Authorize(WireRequest.For("GET", bucket).WithQuery("versions", "")));
        foreach (var (key, version) in list.Elements("Key").Zip(list.Elements("VersionId")))
            await this.SendAsync(Signer.Authorize(WireRequest.For("DELETE", bucket, key).WithQuery("versionId", version)));
        await this.SendAsync(Signer.Authorize(WireRequest.For("DELETE", bucket)));
    }
}
