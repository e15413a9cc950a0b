using System.Collections.Concurrent;
using System.Text;

namespace DirectUpload.Sqs;

/// <summary>
/// Provides an extension method that handles batches of SQS messages in hosts that do not poll a queue, such as Lambda functions.
/// </summary>
public static class SqsStorageEventProcessorExtensions
{
    private const int MaxConcurrency = 8;

    /// <summary>Handles a batch of messages, eight at once, and returns the messages that must not be deleted.</summary>
    /// <remarks>
    /// In Lambda, return them as <c>batchItemFailures</c>. Safe for concurrent use. Source:
    /// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    /// </remarks>
    /// <param name="intake">The event processor, from the container.</param>
    /// <param name="messages">The ids and bodies of the messages.</param>
    /// <param name="cancellationToken">Cancels the call with an exception; the whole batch may be handled again.</param>
    /// <returns>The messages that failed, in no particular order; empty if all were handled.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="intake"/> or <paramref name="messages"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public static async Task<IReadOnlyList<SqsBatchItemFailure>> HandleBatchAsync(
        this StorageEventProcessor intake, IEnumerable<(string MessageId, string Body)> messages,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intake);
        ArgumentNullException.ThrowIfNull(messages);
        var failures = new ConcurrentQueue<SqsBatchItemFailure>();
        await Parallel.ForEachAsync(
            messages, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = cancellationToken },
            async (message, stop) =>
            {
                try
                {
                    if ((await intake.ProcessAsync(Encoding.UTF8.GetBytes(message.Body), stop).ConfigureAwait(false)).Error is { } error)
                        failures.Enqueue(new SqsBatchItemFailure(message.MessageId, error.Message));
                }
                catch (Exception exception)
                {
                    // If the call is canceled, ForEachAsync throws and this failure is not returned.
                    failures.Enqueue(new SqsBatchItemFailure(message.MessageId, exception.Message, exception));
                }
            }).ConfigureAwait(false);
        return [.. failures];
    }
}

/// <summary>Describes a message that was not handled and must be redelivered.</summary>
/// <param name="MessageId">The message's id.</param>
/// <param name="Reason">The reason, for a log.</param>
/// <param name="Exception">The transient exception, or null if the message is unreadable and left to the queue's redrive policy.</param>
public sealed record SqsBatchItemFailure(string MessageId, string Reason, Exception? Exception = null);
