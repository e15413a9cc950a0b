using System.Text.RegularExpressions;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>Amazon SNS as a sender: which of its messages are ours to take, and how a subscription is confirmed. Addresses in messages are asked only once they are known to be SNS's own.</summary>
internal sealed partial class SnsSender(IEnumerable<string> topics, HttpClient? client, TimeProvider clock)
{
    private readonly HashSet<string> _topics = [.. topics];
    private readonly HttpClient _client = client ?? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly SnsCertificates _certificates = new(clock);

    /// <summary>Why the message is not taken; null when it is SNS's, and of one of our topics.</summary>
    /// <exception cref="HttpRequestException">The certificate could not be had: an outage.</exception>
    public async Task<string?> FindFaultAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        if (!_topics.Contains(message.TopicArn))
            return "The message is of a topic that is none of SnsTopics.";
        if (!IsSns(message.SigningCertUrl, out var certificateUrl) || !certificateUrl.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal))
            return "The message's certificate is not at an address of Amazon SNS.";
        if (await _certificates.GetAsync(_client, certificateUrl, cancellationToken).ConfigureAwait(false) is not { } certificate)
            return "The message's certificate is none.";
        return SnsSignature.IsRight(message, certificate) ? null : "The message's signature is wrong.";
    }

    /// <summary>Visits the address by which SNS learns that the endpoint wants its messages. Only for a message that is SNS's.</summary>
    /// <exception cref="HttpRequestException">It could not be visited: an outage, SNS asks again.</exception>
    public async Task ConfirmAsync(SnsMessage message, CancellationToken cancellationToken)
    {
        if (!IsSns(message.SubscribeUrl, out var address))
            throw new HttpRequestException("The address of a subscription is none of Amazon SNS.");
        using var answer = await _client.GetAsync(address, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    private static bool IsSns(string text, out Uri address)
    {
        address = null!;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var read) || read.Scheme != Uri.UriSchemeHttps || !read.IsDefaultPort || read.UserInfo.Length > 0 || !SnsHost().IsMatch(read.Host))
            return false;
        address = read;
        return true;
    }

    [GeneratedRegex(@"^sns\.[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\.amazonaws\.com(\.cn)?\z")]
    private static partial Regex SnsHost();
}
