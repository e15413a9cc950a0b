using System.Text.Json;
using DirectUpload;
using DirectUpload.Sqs;

namespace WorkerSample.Lambda;

/// <summary>Confirms the uploads of which S3 reports the objects, in an AWS Lambda function in place of the worker's receiver.</summary>
/// <remarks>The function needs <c>ReportBatchItemFailures</c>. The worker still processes the uploads.</remarks>
/// <param name="events">The event processor, from the container.</param>
/// <param name="logger">The logger for messages that were not handled.</param>
public sealed class UploadEventsHandler(StorageEventProcessor events, ILogger<UploadEventsHandler> logger)
{
    /// <summary>Handles one invocation, with the JSON that Lambda sends and expects.</summary>
    public async Task<Stream> HandleAsync(Stream request)
    {
        var sqsEvent = await JsonSerializer.DeserializeAsync(request, SqsJsonContext.Default.SqsEvent);
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(
            await HandleAsync(sqsEvent ?? throw new JsonException("The event is null.")), SqsJsonContext.Default.SqsBatchResponse));
    }

    /// <summary>Handles a batch of messages and returns those that must be delivered again.</summary>
    public async Task<SqsBatchResponse> HandleAsync(SqsEvent sqsEvent, CancellationToken cancellationToken = default)
    {
        var failures = await events.HandleBatchAsync(
            sqsEvent.Records.Select(message => (message.MessageId, message.Body)), cancellationToken);
        foreach (var failure in failures)
            logger.LogWarning(failure.Exception, "Message {MessageId} failed: {Reason}", failure.MessageId, failure.Reason);
        return new SqsBatchResponse([.. failures.Select(failure => new SqsBatchItem(failure.MessageId))]);
    }
}
