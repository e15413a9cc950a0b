using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using DirectUpload.LocalS3;

namespace WorkerSample.Embedded;

/// <summary>Provides a bucket, a queue and DynamoDB on this machine, and their clients in place of the default clients of AWS.</summary>
internal sealed class EmbeddedAws(NodeEngines node, LocalS3Server storage, LocalS3Options options) : IDisposable
{
    private const string Bucket = "uploads";

    private readonly BasicAWSCredentials _credentials = new(options.AccessKey, options.SecretKey);

    private AmazonS3Client S3 => field ??= new(_credentials, new AmazonS3Config
    {
        ServiceURL = storage.Endpoint.ToString(),
        ForcePathStyle = true,
        AuthenticationRegion = options.Region,
    });

    private AmazonSQSClient Sqs => field ??= new(
        _credentials, new AmazonSQSConfig { ServiceURL = node.Sqs, AuthenticationRegion = options.Region });

    private AmazonDynamoDBClient DynamoDB => field ??= new(
        _credentials, new AmazonDynamoDBConfig { ServiceURL = node.DynamoDB, AuthenticationRegion = options.Region });

    public void AddClients(IServiceCollection services) =>
        services.AddSingleton<IAmazonS3>(S3).AddSingleton<IAmazonSQS>(Sqs).AddSingleton<IAmazonDynamoDB>(DynamoDB);

    /// <summary>Creates the queue, and returns the settings of the hosts.</summary>
    public async Task<string[]> CreateSettingsAsync() =>
    [
        $"--QueueUrl={(await Sqs.CreateQueueAsync("uploads")).QueueUrl}",
        $"--DirectUploads:Bucket={Bucket}",
        "--DirectUploads:DynamoDB:CreateTableIfMissing=true",
        "--Logging:LogLevel:Microsoft.AspNetCore=Warning",
    ];

    /// <summary>Makes the bucket send events about the objects of clients.</summary>
    public Task NotifyAsync() => S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
    {
        BucketName = Bucket,
        QueueConfigurations =
        [
            new()
            {
                Queue = $"arn:aws:sqs:{options.Region}:000000000000:uploads",
                Events = [EventType.ObjectCreatedAll],
                Filter = new() { S3KeyFilter = new() { FilterRules = [new("prefix", "staging/")] } },
            },
        ],
    });

    public void Dispose()
    {
        S3.Dispose();
        Sqs.Dispose();
        DynamoDB.Dispose();
    }
}
