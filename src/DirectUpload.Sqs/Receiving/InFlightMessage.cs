using System.Globalization;
using System.Text;
using Amazon.SQS.Model;

namespace DirectUpload.Sqs.Receiving;

/// <summary>Represents a message that this host has received and not yet deleted or released.</summary>
internal sealed class InFlightMessage(Message message, DateTimeOffset hiddenAt)
{
    private int _completed;

    public string Id { get; } = message.MessageId;

    public string ReceiptHandle { get; } = message.ReceiptHandle;

    public ReadOnlyMemory<byte> Body { get; } = Encoding.UTF8.GetBytes(message.Body ?? string.Empty);

    /// <summary>Gets the number of receives by all hosts, including this one.</summary>
    public int ReceiveCount { get; } =
        message.Attributes is { } attributes && attributes.TryGetValue("ApproximateReceiveCount", out var count)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? Math.Max(times, 1)
            : 1;

    /// <summary>Gets or sets the time of the last visibility change; only the extender sets it.</summary>
    public DateTimeOffset HiddenAt { get; set; } = hiddenAt;

    public bool IsCompleted => Volatile.Read(ref _completed) != 0;

    /// <summary>Returns true to exactly one caller, which then deletes or releases the message.</summary>
    public bool TryComplete() => Interlocked.Exchange(ref _completed, 1) == 0;
}
