using System.Collections.Concurrent;
using System.Text;

namespace DirectUpload.Sqs;

/// <summary>For hosts that are given their messages, and do not receive them: Lambda functions above all.</summary>
public static class SqsStorageEventIntakeExtensions
{
    private const int AtOnce = 8;

    /// <summary>
    /// Takes a batch of messages, eight at once, and names those that must not be deleted: in Lambda they are the answer's <c>batchItemFailures</c>. Safe for concurrent use.
    /// </summary>
    /// <remarks>Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html</remarks>
    /// <param name="intake">The intake, from the container.</param>
    /// <param name="messages">The messages: their ids and their bodies.</param>
    /// <param name="cancellationToken">Ends the call with an exception; the whole batch may be taken again.</param>
    /// <returns>The messages that failed, in no order; empty when all were handled.</returns>
    public static async Task<IReadOnlyList<SqsMessageFailure>> HandleBatchAsync(
        this StorageEventIntake intake, IEnumerable<(string MessageId, string Body)> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intake);
        ArgumentNullException.ThrowIfNull(messages);
        var failures = new ConcurrentQueue<SqsMessageFailure>();
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (message, stop) =>
        {
            try
            {
                if ((await intake.HandleAsync(Encoding.UTF8.GetBytes(message.Body), stop).ConfigureAwait(false)).Fault is { } fault)
                    failures.Enqueue(new SqsMessageFailure(message.MessageId, fault));
            }
            catch (Exception outage)
            {
                // When the time is over, the whole call throws.
                failures.Enqueue(new SqsMessageFailure(message.MessageId, outage.Message, outage));
            }
        }).ConfigureAwait(false);
        return [.. failures];
    }
}

/// <summary>A message that was not handled; let it be delivered again.</summary>
/// <param name="MessageId">Which.</param>
/// <param name="Reason">Why, in a sentence for a log.</param>
/// <param name="Outage">What was thrown; it will work later. Null when the message can't be read and never will: the queue's redrive policy sets it aside.</param>
public sealed record SqsMessageFailure(string MessageId, string Reason, Exception? Outage = null);
