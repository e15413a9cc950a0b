using Amazon.SQS;
using DirectUpload;
using DirectUpload.Sqs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Storage's events by SQS.</summary>
internal static class OnSqs
{
    public static void Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonSQS>(new AmazonSQSClient());   // region and credentials as the AWS SDK finds them

        builder.Services.AddDirectUploads()
            .AddSqsEvents("https://sqs.eu-west-1.amazonaws.com/123456789012/uploads", o => o.Parallelism = 16)
            .AddWorker();
    }

    public static void InTheRoot(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().AddSqsEvents("https://sqs.eu-west-1.amazonaws.com/123456789012/uploads").AddWorker();
    }

    public static async Task<string[]> InAFunction(StorageEventIntake intake, SQSEvent sqsEvent)
    {
        var failed = await intake.HandleBatchAsync(sqsEvent.Records.Select(record => (record.MessageId, record.Body)));

        return [.. failed.Select(failure => failure.MessageId)];   // the answer's batchItemFailures
    }

    public static bool IsHealthy(IServiceProvider services) =>
        services.GetServices<SqsEventsHealth>().All(queue => queue is { IsReceiving: true, FailingSince: null });

    /// <summary>As Amazon.Lambda.SQSEvents has it.</summary>
    internal sealed record SQSEvent(IReadOnlyList<SQSMessage> Records);

    internal sealed record SQSMessage(string MessageId, string Body);
}
