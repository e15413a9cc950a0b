using System.Text;
using System.Text.Json;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>A message in the format of Amazon SNS. Its content and its signature are not verified yet.</summary>
/// <remarks>
/// Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html,
/// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
/// </remarks>
internal sealed class SnsMessage
{
    public const string TypeHeader = "x-amz-sns-message-type";
    public const string TopicHeader = "x-amz-sns-topic-arn";
    public const string Notification = "Notification";
    public const string SubscriptionConfirmation = "SubscriptionConfirmation";
    private const string UnsubscribeConfirmation = "UnsubscribeConfirmation";

    // The signed fields, in the order of the signature.
    private static readonly string[] NotificationFields = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] ConfirmationFields =
    [
        "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type",
    ];

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

    /// <summary>Parses a message.</summary>
    /// <returns>The message; null if a required field is missing.</returns>
    public static SnsMessage? TryParse(ReadOnlySpan<byte> utf8Json)
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
                // Parsers differ in which value of a duplicate name they use.
                if (property.Value.ValueKind == JsonValueKind.String && !fields.TryAdd(property.Name, property.Value.GetString()!))
                    return null;
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }

        string[] needed = [.. GetSignedFields(fields.GetValueOrDefault("Type")), "SignatureVersion", "Signature", "SigningCertURL"];
        return needed.Length > 3 && needed.All(name => name == "Subject" || fields.ContainsKey(name)) ? new SnsMessage(fields) : null;
    }

    /// <summary>Gets the text that SNS signs.</summary>
    public byte[] GetStringToSign()
    {
        var text = new StringBuilder();
        foreach (var name in GetSignedFields(Type).Where(_fields.ContainsKey))
            text.Append(name).Append('\n').Append(_fields[name]).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string[] GetSignedFields(string? type) => type switch
    {
        Notification => NotificationFields,
        SubscriptionConfirmation or UnsubscribeConfirmation => ConfirmationFields,
        _ => [],
    };
}
