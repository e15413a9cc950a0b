using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace DirectUpload.AspNetCore.Tests.StorageEvents;

/// <summary>SNS's own part: signs messages as it documents, hands out its certificate, and notes who asked for what.</summary>
internal sealed class FakeSns : HttpMessageHandler
{
    public const string Topic = "arn:aws:sns:eu-central-1:111122223333:uploads";
    public const string CertificateUrl = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789.pem";
    public const string SubscribeUrl = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37";

    private readonly RSA _key = RSA.Create(2048);
    private readonly string _pem;

    public FakeSns(TimeSpan? ended = null, string commonName = "sns.amazonaws.com")
    {
        var now = DateTimeOffset.UtcNow;
        var request = new CertificateRequest($"CN={commonName}", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddYears(-1), ended is { } ago ? now - ago : now.AddYears(1));
        _pem = certificate.ExportCertificatePem();
    }

    public List<string> RequestedUrls { get; } = [];

    /// <summary>What an answer waits for.</summary>
    public Task ResponseGate { get; set; } = Task.CompletedTask;

    /// <summary>What it answers with; 0 hangs up.</summary>
    public int StatusCode { get; set; } = 200;

    public Dictionary<string, string> Notification(
        string message, string version = "2", string topic = Topic, string certificate = CertificateUrl) => Signed(
        new()
        {
            ["Type"] = "Notification",
            ["MessageId"] = "22b80b92",
            ["TopicArn"] = topic,
            ["Subject"] = "Amazon S3 Notification",
            ["Message"] = message,
            ["Timestamp"] = "2026-11-23T08:00:00.000Z",
        },
        ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"], version, certificate);

    public Dictionary<string, string> Subscription(string subscribeUrl = SubscribeUrl, string type = "SubscriptionConfirmation") => Signed(
        new()
        {
            ["Type"] = type,
            ["MessageId"] = "165545c9",
            ["Token"] = "2336412f37",
            ["TopicArn"] = Topic,
            ["Message"] = "You have chosen to subscribe to the topic.",
            ["SubscribeURL"] = subscribeUrl,
            ["Timestamp"] = "2026-11-23T08:00:00.000Z",
        },
        ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"], "1", CertificateUrl);

    public static StringContent Content(Dictionary<string, string> message)
    {
        // As SNS sends it: JSON that calls itself plain text.
        var content = new StringContent(JsonSerializer.Serialize(message), Encoding.UTF8, "text/plain");
        content.Headers.Add("x-amz-sns-message-type", message["Type"]);
        content.Headers.Add("x-amz-sns-topic-arn", message["TopicArn"]);
        return content;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (RequestedUrls)
            RequestedUrls.Add(request.RequestUri!.ToString());
        await ResponseGate;
        return StatusCode == 0
            ? throw new HttpRequestException("The connection was refused.")
            : new HttpResponseMessage((HttpStatusCode)StatusCode)
            {
                Content = new StringContent(request.RequestUri!.AbsolutePath.EndsWith(".pem") ? _pem : "<Confirmed/>"),
            };
    }

    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }

    private Dictionary<string, string> Signed(Dictionary<string, string> fields, string[] signed, string version, string certificate)
    {
        var text = string.Concat(signed.Select(name => $"{name}\n{fields[name]}\n"));
        var algorithm = version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        fields["SignatureVersion"] = version;
        fields["Signature"] = Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text), algorithm, RSASignaturePadding.Pkcs1));
        fields["SigningCertURL"] = certificate;
        return fields;
    }
}
