using System.Collections.Concurrent;

namespace DirectUpload.TestKit;

/// <summary>Provides the Ceph RGW that tests/run started, and removes the buckets, because RGW allows at most a thousand.</summary>
public sealed class RgwFixture : S3ServerFixture
{
    private const string PolicyName = "permissions";

    private readonly ConcurrentBag<string> roles = [];

    public override string VirtualHostSuffix => RgwEngine.Require().VirtualHostSuffix;

    public override S3Features Lacks => S3Features.Checksums;

    public override async Task<string> CreateTopicAsync() => await CreateTopicAsync((await EventReceiver.GetSharedAsync()).Endpoint);

    private async Task<string> CreateTopicAsync(Uri endpoint)
    {
        var answer = await CallAsync(Access, "sns", ("Action", "CreateTopic"), ("Name", $"topic-{Guid.NewGuid():N}"),
            ("Attributes.entry.1.key", "push-endpoint"), ("Attributes.entry.1.value", endpoint.ToString()));
        return GetRequiredElement(answer, "TopicArn");
    }

    /// <summary>Creates temporary credentials by AssumeRole; a second gateway over the same data accepts session tokens.</summary>
    public override Task<S3Session> IssueSessionAsync() => AssumeRoleAsync(RgwEngine.Require().RoleArn);

    /// <summary>Creates temporary credentials of a role that has only the permissions of a policy.</summary>
    /// <remarks>With a policy of the session itself, RGW answers a refused POST with 204.</remarks>
    /// <param name="policy">An IAM policy as JSON.</param>
    public async Task<S3Session> IssueSessionAsync(string policy)
    {
        var role = $"role-{Guid.NewGuid():N}";
        var user = await CallIamAsync("GetRole", ("RoleName", RgwEngine.Require().RoleArn.Split('/')[^1]));
        var created = await CallIamAsync(
            "CreateRole", ("RoleName", role), ("Path", "/"),
            ("AssumeRolePolicyDocument", Uri.UnescapeDataString(GetRequiredElement(user, "AssumeRolePolicyDocument"))));
        roles.Add(role);
        await CallIamAsync("PutRolePolicy", ("RoleName", role), ("PolicyName", PolicyName), ("PolicyDocument", policy));
        return await AssumeRoleAsync(GetRequiredElement(created, "Arn"));
    }

    private async Task<S3Session> AssumeRoleAsync(string roleArn)
    {
        var engine = RgwEngine.Require();
        var sts = Access with { Endpoint = engine.StsEndpoint };
        var answer = await CallAsync(sts, "sts", ("Action", "AssumeRole"), ("Version", "2011-06-15"), ("RoleArn", roleArn),
            ("RoleSessionName", "tests"), ("DurationSeconds", "3600"));
        return new S3Session(
            sts with { AccessKey = GetRequiredElement(answer, "AccessKeyId"), SecretKey = GetRequiredElement(answer, "SecretAccessKey") },
            GetRequiredElement(answer, "SessionToken"));
    }

    protected override Task<string> CreateTopicForAsync(string bucket, Uri endpoint) => CreateTopicAsync(endpoint);

    protected override Task<S3Access?> StartAsync() => Task.FromResult(RgwEngine.Find()?.Access);

    protected override Exception CreateUnavailableException()
    {
        RgwEngine.Require();
        return new InvalidOperationException("InitializeAsync was not called");
    }

    protected override async ValueTask StopAsync()
    {
        if (IsStarted) await Parallel.ForEachAsync(Buckets, async (bucket, _) => await DeleteBucketAsync(bucket));
        foreach (var role in roles)
        {
            await CallIamAsync("DeleteRolePolicy", ("RoleName", role), ("PolicyName", PolicyName));
            await CallIamAsync("DeleteRole", ("RoleName", role));
        }
    }

    private async Task<WireResponse> CallIamAsync(string action, params (string Name, string Value)[] form)
    {
        var answer = await CallAsync(Access, "iam", [("Action", action), ("Version", "2010-05-08"), .. form]);
        return (int)answer.Status is 200 or 404
            ? answer
            : throw new InvalidOperationException($"RGW: {action}: {answer.Status} {answer.Text}");
    }

    /// <summary>Calls one of AWS's query APIs with a signed form.</summary>
    private Task<WireResponse> CallAsync(S3Access access, string service, params (string Name, string Value)[] form) =>
        this.SendAsync(new TestSigner(access) { Service = service }.Authorize(new WireRequest("POST", "/") { Host = access.Host }
            .WithBody(string.Join('&', form.Select(field => $"{field.Name}={UriEncoding.EncodeValue(field.Value)}")))
            .WithHeader("content-type", "application/x-www-form-urlencoded")
            // RGW accepts a push endpoint with a password only over a connection that it considers HTTPS.
            .WithHeader("x-forwarded-proto", "https")));

    private static string GetRequiredElement(WireResponse answer, string name) =>
        answer.GetElement(name) ?? throw new InvalidOperationException($"RGW: {answer.Status} {answer.Text}");

    private async Task DeleteBucketAsync(string bucket)
    {
        await this.SendAsync(Signer.Authorize(WireRequest.ForObject("DELETE", bucket).WithQuery("policy", "")));
        var list = await this.SendAsync(Signer.Authorize(WireRequest.ForObject("GET", bucket).WithQuery("versions", "")));
        foreach (var (key, version) in list.GetElements("Key").Zip(list.GetElements("VersionId")))
            await this.SendAsync(Signer.Authorize(WireRequest.ForObject("DELETE", bucket, key).WithQuery("versionId", version)));
        await this.SendAsync(Signer.Authorize(WireRequest.ForObject("DELETE", bucket)));
    }
}
