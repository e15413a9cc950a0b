extern alias Worker;

using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.S3;
using DirectUpload.DynamoDB;
using Microsoft.Extensions.DependencyInjection;
using Worker::WorkerSample;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>The resources of samples/Worker/infra/template.yaml are those that the packages create or document.</summary>
public sealed class WorkerTemplateTests
{
    private readonly CloudFormationTemplate _template = CloudFormationTemplate.Read(new Dictionary<string, string>
    {
        ["Events.Arn"] = "arn:aws:sqs:eu-west-1:123456789012:uploads",
        ["DeadLetters.Arn"] = "arn:aws:sqs:eu-west-1:123456789012:dead",
        ["AWS::Partition"] = "aws",
        ["AWS::AccountId"] = "123456789012",
        ["BucketName"] = "my-bucket",
        ["PageOrigin"] = "https://app.example.com",
    });

    [Fact]
    public void Template_PassesCfnLint()
    {
        var (exitCode, output) = CfnLintEngine.Require().Run(CloudFormationTemplate.Path);

        (exitCode, output).Should().Be((0, ""));
    }

    [Fact]
    public void CfnLint_WrongProperty_IsFound()
    {
        var wrong = Path.GetTempFileName();
        File.WriteAllText(wrong, File.ReadAllText(CloudFormationTemplate.Path).Replace("maxReceiveCount: 10", "maxReceiveCount: ten"));

        CfnLintEngine.Require().Run(wrong).ExitCode.Should().NotBe(0);
        File.Delete(wrong);
    }

    [Fact]
    public void Table_IsThatOfTheStore()
    {
        var wanted = JsonNode.Parse(DynamoDBTable.CreateCloudFormationTemplate(new()))!["Resources"]!["DirectUploads"]!;
        var table = _template.Resources["Records"]!;

        foreach (var (name, value) in wanted["Properties"]!.AsObject())
        {
            // The stack names the table.
            if (name != "TableName")
                ShouldEqual(table["Properties"]![name], value);
        }

        ShouldEqual(table["DeletionPolicy"], wanted["DeletionPolicy"]);
        ShouldEqual(table["UpdateReplacePolicy"], wanted["UpdateReplacePolicy"]);
    }

    [Fact]
    public void LifecycleRules_AreThoseOfTheProfiles()
    {
        var builder = WorkerHost.CreateBuilder(
        [
            $"--contentRoot={WorkerApplication.ContentRoot}", "--QueueUrl=https://sqs.example.com/1/uploads",
            "--DirectUploads:Bucket=my-bucket",
        ]);
        builder.Services.AddSingleton<IAmazonS3>(new S3Access("http://127.0.0.1:1", "key", "secret", "us-east-1").CreateClient());
        builder.Services.AddSingleton<IAmazonDynamoDB>(
            new AmazonDynamoDBClient("key", "secret", new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:1" }));
        using var worker = builder.Build();
        var wanted = JsonNode.Parse(worker.Services.GetRequiredService<BucketLifecycleManager>().CreateRulesJson())!["Rules"]!;

        ShouldEqual(
            new JsonArray([.. Bucket["LifecycleConfiguration"]!["Rules"]!.AsArray().Select(rule => ToApiRule(rule!.AsObject()))]), wanted);
    }

    [Fact]
    public void Notification_IsThatOfTheDocumentation()
    {
        var wanted = ReadJsonBlocks("docs", "storage-events.md").Single(block => block["QueueConfigurations"] is not null);
        var documented = wanted["QueueConfigurations"]!.AsArray().Should().ContainSingle().Subject!;
        var configured = Bucket["NotificationConfiguration"]!["QueueConfigurations"]!.AsArray().Should().ContainSingle().Subject!;

        ShouldEqual(configured["Queue"], documented["QueueArn"]);
        ShouldEqual(configured["Event"], documented["Events"]!.AsArray().Should().ContainSingle().Subject);
        configured["Filter"]!["S3Key"]!["Rules"]![0]!["Value"]!.GetValue<string>().Should().Be("staging/");
        ShouldEqual(
            _template.PropertiesOf("EventsPolicy")["PolicyDocument"],
            ReadJsonBlocks("src", "DirectUpload.Sqs", "README.md").First());
        _template.Resources["Uploads"]!["DependsOn"]!.GetValue<string>().Should().Be("EventsPolicy");
    }

    [Fact]
    public void CorsRule_IsThatOfTheDocumentation()
    {
        var documented = ReadJsonBlocks("docs", "s3-setup.md").First()[0]!;
        var configured = Bucket["CorsConfiguration"]!["CorsRules"]!.AsArray().Should().ContainSingle().Subject!;

        (configured["ExposedHeaders"], configured["MaxAge"]).Should().NotBe((null, null));
        foreach (var (name, value) in documented.AsObject())
            ShouldEqual(configured[name switch { "ExposeHeaders" => "ExposedHeaders", "MaxAgeSeconds" => "MaxAge", _ => name }], value);
    }

    [Fact]
    public void Bucket_IsPrivateAndEncrypted()
    {
        Bucket["PublicAccessBlockConfiguration"]!.AsObject().Select(one => one.Value!.GetValue<bool>())
            .Should().Equal(true, true, true, true);
        Bucket["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]!["ServerSideEncryptionByDefault"]!["SSEAlgorithm"]!
            .GetValue<string>().Should().Be("AES256");
    }

    [Fact]
    public void Roles_HaveOnlyDocumentedActions()
    {
        var documented = string.Concat(new[]
        {
            Repository.GetPath("docs", "s3-setup.md"), Repository.GetPath("src", "DirectUpload.DynamoDB", "README.md"),
            Repository.GetPath("src", "DirectUpload.Sqs", "README.md"),
        }.Select(File.ReadAllText));

        foreach (var permission in new[] { "ApiRole", "WorkerRole" }.SelectMany(role => RolePolicy.Read(role).Permissions))
        {
            documented.Should().Contain(permission.Action.Split(':')[1]);
            permission.Action.Should().NotContain("*");
            permission.Resource.Should().NotBe("*");
        }
    }

    private JsonObject Bucket => _template.PropertiesOf("Uploads");

    // CloudFormation has other names for some properties.
    private static JsonObject ToApiRule(JsonObject rule)
    {
        var api = new JsonObject { ["ID"] = rule["Id"]!.DeepClone(), ["Status"] = rule["Status"]!.DeepClone() };
        api["Filter"] = new JsonObject { ["Prefix"] = rule["Prefix"]!.DeepClone() };
        if (rule["ExpirationInDays"] is { } days)
            api["Expiration"] = new JsonObject { ["Days"] = days.DeepClone() };
        foreach (var (name, value) in rule.Where(one => one.Value is JsonObject))
            api[name] = value!.DeepClone();
        return api;
    }

    private static IEnumerable<JsonNode> ReadJsonBlocks(params string[] path) =>
        File.ReadAllText(Repository.GetPath(path)).Split("```json\n").Skip(1)
            .Select(rest => JsonNode.Parse(rest[..rest.IndexOf("```", StringComparison.Ordinal)])!);

    private static void ShouldEqual(JsonNode? actual, JsonNode? wanted) =>
        JsonNode.DeepEquals(actual, wanted).Should().BeTrue("{0} should be {1}", actual?.ToJsonString(), wanted?.ToJsonString());
}
