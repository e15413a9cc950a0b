using Amazon.SQS;
using DirectUpload;
using DirectUpload.Sqs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Receives storage events.</summary>
internal static class StorageEvents
{
    public static void FromSqs(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonSQS>(new AmazonSQSClient());   // the AWS SDK finds region and credentials

        builder.Services.AddDirectUploads()
            .AddSqsEvents("https://sqs.eu-west-1.amazonaws.com/123456789012/uploads", o => o.Parallelism = 16)
            .AddWorker();
    }

    public static void FromSqsInOneLine(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().AddSqsEvents("https://sqs.eu-west-1.amazonaws.com/123456789012/uploads").AddWorker();
    }

    public static void OverHttp(WebApplication app, IConfiguration configuration)
    {
        app.MapStorageEvents("/storage-events", o => o.Secret = configuration["StorageEventSecret"]);       // MinIO, Ceph, EventBridge
        app.MapStorageEvents("/sns", o => o.SnsTopics.Add("arn:aws:sns:eu-west-1:123456789012:uploads"));   // signed by SNS
    }

    public static async Task<string[]> InAFunctionAsync(StorageEventProcessor events, SQSEvent sqsEvent)
    {
        var failed = await events.HandleBatchAsync(sqsEvent.Records.Select(record => (record.MessageId, record.Body)));

        return [.. failed.Select(failure => failure.MessageId)];   // the batchItemFailures of the response
    }

    public static bool IsHealthy(IServiceProvider services) =>
        services.GetServices<SqsQueueHealth>().All(queue => queue is { IsReceiving: true, FailingSince: null });

    /// <summary>Represents the event as Amazon.Lambda.SQSEvents declares it.</summary>
    internal sealed record SQSEvent(IReadOnlyList<SQSMessage> Records);

    internal sealed record SQSMessage(string MessageId, string Body);
}
