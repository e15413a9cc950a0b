using System.Text.RegularExpressions;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>
/// Verifies messages of Amazon SNS and confirms subscriptions. It requests an address in a message only if the address belongs to SNS.
/// </summary>
internal sealed partial class SnsMessageVerifier(IEnumerable<string> topics, HttpClient? client, TimeProvider clock)
{
    private const int MaxAddressLength = 200;

    private readonly HashSet<string> _topics = [.. topics];
    private readonly HttpClient _client = client
        ?? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) })
        {
            Timeout = TimeSpan.FromSeconds(10),
        };
    private readonly SnsCertificateCache _certificates = new(clock);

    /// <summary>
    /// Determines whether the endpoint accepts messages of a topic. The topic in the header proves nothing; it avoids reading bodies of
    /// other topics.
    /// </summary>
    public bool IsAllowedTopic(string? topic) => topic is not null && _topics.Contains(topic);

    /// <summary>Finds the reason to refuse a message; null if SNS signed it and its topic is accepted.</summary>
    /// <exception cref="HttpRequestException">The certificate cannot be retrieved now; SNS delivers the message again.</exception>
    public async Task<string?> FindErrorAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        if (!IsAllowedTopic(message.TopicArn))
            return "The message's topic is not in SnsTopics.";
        if (message.SigningCertUrl.Length > MaxAddressLength || !CertificateAddressPattern().IsMatch(message.SigningCertUrl))
            return "The address of the message's certificate does not belong to Amazon SNS.";
        if (await _certificates.GetAsync(
            _client, new Uri(message.SigningCertUrl), cancellationToken).ConfigureAwait(false) is not { } certificate)
            return "The message's certificate could not be retrieved, is not valid now, or is not issued to Amazon SNS.";
        return SnsSignature.IsValid(message, certificate) ? null : "The message's signature is not valid.";
    }

    /// <summary>Confirms a subscription by requesting the address in a verified message.</summary>
    /// <exception cref="HttpRequestException">The request failed; SNS sends the message again.</exception>
    public async Task ConfirmSubscriptionAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        if (!SubscriptionAddressPattern().IsMatch(message.SubscribeUrl))
            throw new HttpRequestException("The confirmation address of the subscription does not belong to Amazon SNS.");
        using var answer = await _client.GetAsync(new Uri(message.SubscribeUrl), cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    // The pattern matches the text, not a parsed URI: no user, port, query or fragment, and no other spelling of the host.
    [GeneratedRegex(
        @"\Ahttps://sns\.([a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\.amazonaws\.com|cn-[a-z]+-[0-9]{1,2}\.amazonaws\.com\.cn)/SimpleNotificationService-[0-9a-f]{1,64}\.pem\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex CertificateAddressPattern();

    [GeneratedRegex(
        @"\Ahttps://sns\.([a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\.amazonaws\.com|cn-[a-z]+-[0-9]{1,2}\.amazonaws\.com\.cn)/\?Action=ConfirmSubscription&[!-~]{1,2000}\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex SubscriptionAddressPattern();
}
