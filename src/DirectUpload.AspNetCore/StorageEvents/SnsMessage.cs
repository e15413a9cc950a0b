using System.Text;
using System.Text.Json;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>A message as Amazon SNS posts it, with its signature, of which nothing is known to be true yet.</summary>
/// <remarks>Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html, https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html</remarks>
internal sealed class SnsMessage
{
    public const string TypeHeader = "x-amz-sns-message-type";
    public const string TopicHeader = "x-amz-sns-topic-arn";
    public const string Notification = "Notification";
    public const string Subscription = "SubscriptionConfirmation";
    private const string Unsubscription = "UnsubscribeConfirmation";

    // What is signed, in the order in which it is.
    private static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfSubscription = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    private readonly Dictionary<string, string> _fields;

    private SnsMessage(Dictionary<string, string> fields) => _fields = fields;

    public string Type => _fields["Type"];

    public string TopicArn => _fields["TopicArn"];

    public string MessageId => _fields["MessageId"];

    public string Text => _fields["Message"];

    public string SignatureVersion => _fields["SignatureVersion"];

    public string Signature => _fields["Signature"];

    public string SigningCertUrl => _fields["SigningCertURL"];

    public string SubscribeUrl => _fields.GetValueOrDefault("SubscribeURL", string.Empty);

    /// <returns>The message; null when it lacks something that each has.</returns>
    public static SnsMessage? Read(ReadOnlySpan<byte> utf8Json)
    {
        var fields = new Dictionary<string, string>();
        try
        {
            var reader = new Utf8JsonReader(utf8Json);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            foreach (var property in document.RootElement.EnumerateObject())
            {
                // A name that stands twice could be read one way here and another way elsewhere.
                if (property.Value.ValueKind == JsonValueKind.String && !fields.TryAdd(property.Name, property.Value.GetString()!))
                    return null;
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }

        string[] needed = [.. Signed(fields.GetValueOrDefault("Type")), "SignatureVersion", "Signature", "SigningCertURL"];
        return needed.Length > 3 && needed.All(name => name == "Subject" || fields.ContainsKey(name)) ? new SnsMessage(fields) : null;
    }

    /// <summary>The text that SNS has signed.</summary>
    public byte[] StringToSign()
    {
        var text = new StringBuilder();
        foreach (var name in Signed(Type).Where(_fields.ContainsKey))
            text.Append(name).Append('\n').Append(_fields[name]).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string[] Signed(string? type) => type switch
    {
        Notification => OfNotification,
        Subscription or Unsubscription => OfSubscription,
        _ => [],
    };
}
