using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SQS;
using DirectUpload.DynamoDB;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>A bucket, a table and a queue of a test; the bucket sends its events to the queue.</summary>
internal sealed class AwsResources : IAsyncDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("tests", "the engines check no signatures");

    private readonly AmazonDynamoDBClient _dynamoDB = CreateDynamoDB();
    private readonly AmazonSQSClient _sqs = CreateSqs();
    private readonly WebApplication _bridge;

    private AwsResources(S3ServerFixture storage, string bucket, string queueUrl)
    {
        (Storage, Bucket, QueueUrl) = (storage, bucket, queueUrl);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _bridge = builder.Build();
        // The servers of the tests send their events over HTTP only.
        _bridge.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var message = await body.ReadToEndAsync();
            if (!LosesEvents)
                await SendAsync(message);
        });
    }

    public S3ServerFixture Storage { get; }

    public string Bucket { get; }

    public string Table { get; } = $"t-{Guid.NewGuid():N}";

    public string QueueUrl { get; }

    /// <summary>Whether events are lost on their way to the queue.</summary>
    public bool LosesEvents { get; set; }

    /// <summary>Gets the names for the template.</summary>
    public Dictionary<string, string> Names => new()
    {
        ["Uploads.Arn"] = $"arn:aws:s3:::{Bucket}",
        ["Records.Arn"] = AwsPolicyHandler.GetTableArn(Table),
        ["Events.Arn"] = AwsPolicyHandler.GetQueueArn(QueueUrl),
    };

    public static async Task<AwsResources> CreateAsync(S3ServerFixture storage)
    {
        using var sqs = CreateSqs();
        var queue = await sqs.CreateQueueAsync($"q-{Guid.NewGuid():N}");
        var created = new AwsResources(storage, await storage.CreateBucketAsync(), queue.QueueUrl);
        await DynamoDBTable.CreateIfMissingAsync(created._dynamoDB, new DynamoDBStoreOptions { TableName = created.Table });
        await created._bridge.StartAsync();
        await storage.EnableNotificationsAsync(created.Bucket, new Uri(created._bridge.Urls.First() + "/"), "staging/");
        return created;
    }

    public static AmazonDynamoDBClient CreateDynamoDB(HttpMessageHandler? wire = null) => new(Credentials, new AmazonDynamoDBConfig
    {
        ServiceURL = DynaliteEngine.Require().Endpoint,
        AuthenticationRegion = AwsPolicyHandler.Region,
        HttpClientFactory = wire is null ? null : new HandlerClientFactory(wire),
    });

    public static AmazonSQSClient CreateSqs(HttpMessageHandler? wire = null) => new(Credentials, new AmazonSQSConfig
    {
        ServiceURL = SqsEngine.Require().Endpoint,
        AuthenticationRegion = AwsPolicyHandler.Region,
        HttpClientFactory = wire is null ? null : new HandlerClientFactory(wire),
    });

    public Task SendAsync(string message) => _sqs.SendMessageAsync(QueueUrl, message);

    public async Task<bool> IsQueueEmptyAsync()
    {
        var counts = await _sqs.GetQueueAttributesAsync(
            QueueUrl, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]);
        return counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible == 0;
    }

    public async Task<Dictionary<string, AttributeValue>> GetRecordAsync(string id) => (await _dynamoDB.GetItemAsync(new GetItemRequest
    {
        TableName = Table,
        Key = new() { ["id"] = new AttributeValue(id) },
        ConsistentRead = true,
    })).Item;

    public async ValueTask DisposeAsync()
    {
        await _bridge.DisposeAsync();
        await _dynamoDB.DeleteTableAsync(Table);
        _dynamoDB.Dispose();
        _sqs.Dispose();
    }
}
