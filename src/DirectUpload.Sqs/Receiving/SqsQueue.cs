using Amazon.SQS;
using Amazon.SQS.Model;

namespace DirectUpload.Sqs.Receiving;

/// <summary>Sends a receiver's requests to one queue.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html</remarks>
internal sealed class SqsQueue(IAmazonSQS client, SqsEventsOptions options)
{
    /// <summary>The maximum number of messages of one request.</summary>
    public const int MaxBatchSize = 10;

    private static readonly List<string> RequestedAttributes = [MessageSystemAttributeName.ApproximateReceiveCount];

    private readonly string _url = options.QueueUrl;

    public string Name { get; } = QueueName.FromUrl(options.QueueUrl);

    /// <summary>Receives messages with a long poll.</summary>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(int most, CancellationToken cancellationToken)
    {
        var received = await WithTimeoutAsync(
            "ReceiveMessage", options.WaitTime + options.RequestTimeout, token => client.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = _url,
                    MaxNumberOfMessages = Math.Min(most, MaxBatchSize),
                    WaitTimeSeconds = ToSeconds(options.WaitTime),
                    VisibilityTimeout = ToSeconds(options.VisibilityTimeout),
                    MessageSystemAttributeNames = RequestedAttributes,
                },
                token), cancellationToken).ConfigureAwait(false);
        return received.Messages ?? [];
    }

    /// <summary>Deletes up to ten messages.</summary>
    /// <returns>The entries that SQS refused, with their index in the list.</returns>
    public async Task<IReadOnlyList<BatchResultErrorEntry>> DeleteAsync(
        IReadOnlyList<InFlightMessage> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((message, place) => new DeleteMessageBatchRequestEntry($"{place}", message.ReceiptHandle)).ToList();
        return (await WithTimeoutAsync(
            "DeleteMessageBatch", options.RequestTimeout, token => client.DeleteMessageBatchAsync(
                new DeleteMessageBatchRequest(_url, entries), token), cancellationToken).ConfigureAwait(false)).Failed ?? [];
    }

    /// <summary>Changes the visibility of up to ten messages; zero makes a message visible at once.</summary>
    /// <returns>The entries that SQS refused, with their index in the list.</returns>
    public async Task<IReadOnlyList<BatchResultErrorEntry>> ChangeVisibilityAsync(
        IReadOnlyList<(InFlightMessage Message, TimeSpan For)> messages, CancellationToken cancellationToken)
    {
        var entries = messages
            .Select((hidden, place) => new ChangeMessageVisibilityBatchRequestEntry($"{place}", hidden.Message.ReceiptHandle)
            {
                VisibilityTimeout = ToSeconds(hidden.For),
            }).ToList();
        return (await WithTimeoutAsync(
            "ChangeMessageVisibilityBatch", options.RequestTimeout,
            token => client.ChangeMessageVisibilityBatchAsync(new ChangeMessageVisibilityBatchRequest(_url, entries), token),
            cancellationToken)
            .ConfigureAwait(false)).Failed ?? [];
    }

    // The timeout uses the system clock, as the network does, and applies even if the client ignores cancellation.
    private static async Task<T> WithTimeoutAsync<T>(
        string operation, TimeSpan limit, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await call(ending.Token).WaitAsync(ending.Token).ConfigureAwait(false);
        }
        catch (Exception late) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"SQS did not respond to {operation} within {limit:g}.", late);
        }
    }

    private static int ToSeconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
