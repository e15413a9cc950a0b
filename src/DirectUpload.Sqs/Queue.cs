using Amazon.SQS;
using Amazon.SQS.Model;

namespace DirectUpload.Sqs;

/// <summary>One queue, as a receiver speaks to it.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html</remarks>
internal sealed class Queue(IAmazonSQS client, SqsEventsOptions options)
{
    /// <summary>What one request may name, or bring.</summary>
    public const int Batch = 10;

    private static readonly List<string> Asked = [MessageSystemAttributeName.ApproximateReceiveCount];

    private readonly string _url = options.QueueUrl;

    public string Name { get; } = QueueName.Of(options.QueueUrl);

    /// <summary>Takes what is there, waiting for it a while.</summary>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(int most, CancellationToken cancellationToken)
    {
        var received = await WithinTimeAsync("ReceiveMessage", options.Wait + options.RequestTimeout, token => client.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = _url,
                MaxNumberOfMessages = Math.Min(most, Batch),
                WaitTimeSeconds = Seconds(options.Wait),
                VisibilityTimeout = Seconds(options.VisibilityTimeout),
                MessageSystemAttributeNames = Asked,
            },
            token), cancellationToken).ConfigureAwait(false);
        return received.Messages ?? [];
    }

    /// <summary>Removes up to ten messages.</summary>
    /// <returns>Those that were not, by their place in the list.</returns>
    public async Task<IReadOnlyList<BatchResultErrorEntry>> DeleteAsync(IReadOnlyList<HeldMessage> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((message, place) => new DeleteMessageBatchRequestEntry($"{place}", message.Receipt)).ToList();
        return (await WithinTimeAsync(
            "DeleteMessageBatch", options.RequestTimeout, token => client.DeleteMessageBatchAsync(new DeleteMessageBatchRequest(_url, entries), token), cancellationToken).ConfigureAwait(false)).Failed ?? [];
    }

    /// <summary>Hides up to ten messages, each for its time from now; zero shows it at once.</summary>
    /// <returns>Those that were not, by their place in the list.</returns>
    public async Task<IReadOnlyList<BatchResultErrorEntry>> HideAsync(IReadOnlyList<(HeldMessage Message, TimeSpan For)> messages, CancellationToken cancellationToken)
    {
        var entries = messages
            .Select((hidden, place) => new ChangeMessageVisibilityBatchRequestEntry($"{place}", hidden.Message.Receipt) { VisibilityTimeout = Seconds(hidden.For) }).ToList();
        return (await WithinTimeAsync(
            "ChangeMessageVisibilityBatch", options.RequestTimeout, token => client.ChangeMessageVisibilityBatchAsync(new ChangeMessageVisibilityBatchRequest(_url, entries), token), cancellationToken)
            .ConfigureAwait(false)).Failed ?? [];
    }

    // In real time, for the network is; and also for a client that ignores cancellation.
    private static async Task<T> WithinTimeAsync<T>(string operation, TimeSpan limit, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await call(ending.Token).WaitAsync(ending.Token).ConfigureAwait(false);
        }
        catch (Exception late) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"SQS did not answer {operation} within {limit:g}.", late);
        }
    }

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
