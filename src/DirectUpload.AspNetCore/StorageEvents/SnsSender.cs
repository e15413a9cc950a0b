using System.Text.RegularExpressions;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>Amazon SNS as a sender: which of its messages are ours to take, and how a subscription is confirmed. Addresses in messages are asked only once they are known to be SNS's own.</summary>
internal sealed partial class SnsSender(IEnumerable<string> topics, HttpClient? client, TimeProvider clock)
{
    private const int LongestAddress = 200;

    private readonly HashSet<string> _topics = [.. topics];
    private readonly HttpClient _client = client ?? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly SnsCertificates _certificates = new(clock);

    /// <summary>Whether a message of this topic is taken at all. The topic in the header proves nothing; it spares reading bodies of other topics.</summary>
    public bool Takes(string? topic) => topic is not null && _topics.Contains(topic);

    /// <summary>Why the message is not taken; null when it is SNS's, and of one of our topics.</summary>
    /// <exception cref="HttpRequestException">The certificate can't be retrieved now: SNS delivers the message again.</exception>
    public async Task<string?> FindFaultAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        if (!Takes(message.TopicArn))
            return "The message is of a topic that is none of SnsTopics.";
        if (message.SigningCertUrl.Length > LongestAddress || !CertificateAddress().IsMatch(message.SigningCertUrl))
            return "The message's certificate is not at an address of Amazon SNS.";
        if (await _certificates.GetAsync(_client, new Uri(message.SigningCertUrl), cancellationToken).ConfigureAwait(false) is not { } certificate)
            return "The message's certificate could not be retrieved, is not valid now, or is not issued to Amazon SNS.";
        return SnsSignature.IsRight(message, certificate) ? null : "The message's signature is wrong.";
    }

    /// <summary>Visits the address by which SNS learns that the endpoint wants its messages. Only for a message that is SNS's.</summary>
    /// <exception cref="HttpRequestException">The address can't be visited now: SNS asks again.</exception>
    public async Task ConfirmAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        if (!SubscriptionAddress().IsMatch(message.SubscribeUrl))
            throw new HttpRequestException("The address of a subscription is none of Amazon SNS.");
        using var answer = await _client.GetAsync(new Uri(message.SubscribeUrl), cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    // The text itself is matched, not what a URI parser makes of it: no user, port, query or fragment, and no other spelling of the host.
    [GeneratedRegex(@"\Ahttps://sns\.([a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\.amazonaws\.com|cn-[a-z]+-[0-9]{1,2}\.amazonaws\.com\.cn)/SimpleNotificationService-[0-9a-f]{1,64}\.pem\z", RegexOptions.CultureInvariant)]
    private static partial Regex CertificateAddress();

    [GeneratedRegex(@"\Ahttps://sns\.([a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\.amazonaws\.com|cn-[a-z]+-[0-9]{1,2}\.amazonaws\.com\.cn)/\?Action=ConfirmSubscription&[!-~]{1,2000}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SubscriptionAddress();
}
