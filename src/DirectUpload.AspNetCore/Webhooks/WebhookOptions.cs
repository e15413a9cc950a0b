namespace DirectUpload.AspNetCore.Webhooks;

/// <summary>Where the application's webhook is, and what it is signed with.</summary>
public sealed class WebhookOptions
{
    /// <summary>What records call it: 1 to 200 characters; two webhooks need two names. Default <c>webhook</c>.</summary>
    public string Name { get; set; } = "webhook";

    /// <summary>Where each step is POSTed to: absolute, by <c>https</c> (or <c>http</c>, inside a network that is trusted). The application's choice, never a client's; no redirect is followed.</summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// What messages are signed with: <c>whsec_</c> and the base64 of 24 to 64 random bytes, as <see cref="WebhookSecret.New"/> makes it. Two, while receivers change from one to the other: each signs, in this order.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>How long one delivery may take: 1 second to 1 minute. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    internal string? FindFault()
    {
        if (Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            return $"Url is {(Url is null ? "not set" : $"\"{Url}\"")}; set where steps are to be POSTed, absolute and by https.";
        if (Url.UserInfo.Length > 0)
            return "Url holds a password; messages are signed instead, with Secrets.";
        if (Secrets.Count == 0 || !Secrets.All(secret => WebhookSecret.TryRead(secret, out _)))
            return "Secrets must hold at least one, each of them \"whsec_\" and the base64 of 24 to 64 random bytes: WebhookSecret.New() makes one.";
        return Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(1) ? $"Timeout is {Timeout}; set it between 1 second and 1 minute." : null;
    }
}
