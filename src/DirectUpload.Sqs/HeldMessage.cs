using System.Globalization;
using System.Text;
using Amazon.SQS.Model;

namespace DirectUpload.Sqs;

/// <summary>A message that this host has received and not let go.</summary>
internal sealed class HeldMessage(Message message, DateTimeOffset hiddenAt)
{
    private int _settled;

    public string Id { get; } = message.MessageId;

    public string Receipt { get; } = message.ReceiptHandle;

    public ReadOnlyMemory<byte> Body { get; } = Encoding.UTF8.GetBytes(message.Body ?? string.Empty);

    /// <summary>How often it was received by anybody, this time included.</summary>
    public int Receives { get; } =
        message.Attributes is { } attributes && attributes.TryGetValue("ApproximateReceiveCount", out var count) && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? Math.Max(times, 1)
            : 1;

    /// <summary>When it was last hidden; only the extension writes it.</summary>
    public DateTimeOffset HiddenAt { get; set; } = hiddenAt;

    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>Whoever gets true decides what becomes of it; nobody else does.</summary>
    public bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;
}
