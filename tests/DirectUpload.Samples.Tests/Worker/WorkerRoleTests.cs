using Amazon.S3;
using Amazon.S3.Model;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>
/// The roles of samples/Worker/infra/template.yaml are enough for all that the hosts do, and have nothing that could be left out. Ceph RGW
/// evaluates the permissions that concern S3; a handler before DynamoDB and SQS evaluates the others.
/// </summary>
public sealed class WorkerRoleTests(RgwFixture storage) : IClassFixture<RgwFixture>
{
    private const string Api = "ApiRole";
    private const string Worker = "WorkerRole";

    public static TheoryData<string, string, string> Permissions =>
    [
        .. from role in new[] { Api, Worker }
           from permission in RolePolicy.Read(role).Permissions
           select (role, permission.Statement, permission.Action),
    ];

    public static TheoryData<string, string> RefusedCalls =>
    [
        (Api, "PUT photo/"), (Worker, "PUT staging/"),
        .. from role in new[] { Api, Worker }
           from call in Calls.Keys
           where call is not ("PUT photo/" or "PUT staging/")
           select (role, call),
    ];

    private static Dictionary<string, Func<IAmazonS3, string, Task>> Calls { get; } = new()
    {
        ["PUT staging/"] = (s3, bucket) => PutAsync(s3, bucket, "staging/a"),
        ["PUT photo/"] = (s3, bucket) => PutAsync(s3, bucket, "photo/a"),
        ["PUT other/"] = (s3, bucket) => PutAsync(s3, bucket, "other/a"),
        ["GET other/"] = (s3, bucket) => s3.GetObjectAsync(bucket, "other/there"),
        ["DELETE other/"] = (s3, bucket) => s3.DeleteObjectAsync(bucket, "other/there"),
        ["PUT object ACL"] = (s3, bucket) => s3.PutObjectAclAsync(
            new() { BucketName = bucket, Key = "photo/there", ACL = S3CannedACL.PublicRead }),
        ["GET object versions"] = (s3, bucket) => s3.ListVersionsAsync(bucket),
        ["GET multipart uploads"] = (s3, bucket) => s3.ListMultipartUploadsAsync(bucket),
        ["PUT lifecycle"] = (s3, bucket) => s3.PutLifecycleConfigurationAsync(bucket, new() { Rules = [] }),
        ["PUT bucket policy"] = (s3, bucket) => s3.PutBucketPolicyAsync(bucket, """{"Version":"2012-10-17","Statement":[]}"""),
        ["DELETE bucket"] = (s3, bucket) => s3.DeleteBucketAsync(bucket),
    };

    [Fact]
    public async Task Roles_AllowTheWholeFlow()
    {
        var (failure, used) = await RunAsync(role => RolePolicy.Read(role.Name, role.Names));

        failure.Should().BeNull();
        foreach (var (role, actions) in used)
            RolePolicy.Read(role).Permissions.Select(one => one.Action).Where(action => !action.StartsWith("s3:", StringComparison.Ordinal))
                .Should().BeEquivalentTo(actions);
    }

    [Theory]
    [MemberData(nameof(Permissions))]
    public async Task RoleWithoutOnePermission_BreaksAStep(string role, string statement, string action)
    {
        var (failure, _) = await RunAsync(it => it.Name == role
            ? RolePolicy.Read(it.Name, it.Names).Without(statement, action)
            : RolePolicy.Read(it.Name, it.Names));

        failure.Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(RefusedCalls))]
    public async Task OtherCall_IsForbidden(string role, string call)
    {
        var bucket = await storage.CreateBucketAsync();
        await PutAsync(storage.S3, bucket, "other/there");
        await PutAsync(storage.S3, bucket, "photo/there");
        var policy = RolePolicy.Read(role, new Dictionary<string, string> { ["Uploads.Arn"] = $"arn:aws:s3:::{bucket}" });
        using var s3 = (await storage.IssueSessionAsync(policy.ToS3Policy())).CreateClient();

        var refused = () => Calls[call](s3, bucket);

        (await refused.Should().ThrowAsync<AmazonS3Exception>()).Which.StatusCode.Should().Be(System.Net.HttpStatusCode.Forbidden);
    }

    private static Task<PutObjectResponse> PutAsync(IAmazonS3 s3, string bucket, string key) =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "a" });

    private async Task<(string? Failure, Dictionary<string, IEnumerable<string>> Used)> RunAsync(
        Func<(string Name, IReadOnlyDictionary<string, string> Names), RolePolicy> getPolicy)
    {
        await using var resources = await AwsResources.CreateAsync(storage);
        var (api, worker) = (getPolicy((Api, resources.Names)), getPolicy((Worker, resources.Names)));
        using var apiWire = new AwsPolicyHandler(api);
        using var workerWire = new AwsPolicyHandler(worker);
        await using var application = await WorkerApplication.StartAsync(
            resources,
            new((await storage.IssueSessionAsync(api.ToS3Policy())).CreateClient(), AwsResources.CreateDynamoDB(apiWire)),
            new(
                (await storage.IssueSessionAsync(worker.ToS3Policy())).CreateClient(), AwsResources.CreateDynamoDB(workerWire),
                AwsResources.CreateSqs(workerWire)));
        var failure = await new WorkerFlow(application, resources, delay => workerWire.ReadDelay = delay).FindFailureAsync();
        return (failure, new() { [Api] = apiWire.Used.Keys, [Worker] = workerWire.Used.Keys });
    }
}
