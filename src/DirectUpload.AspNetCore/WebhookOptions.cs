using DirectUpload.Primitives;

namespace DirectUpload.AspNetCore;

/// <summary>Configures the address, secrets and timeout of a webhook.</summary>
/// <remarks>
/// Set the options in <c>AddWebhook(name, o => …)</c> or in the section <c>DirectUploads:Webhooks:NAME</c>. Code overrides configuration.
/// </remarks>
public sealed class WebhookOptions
{
    /// <summary>Gets or sets the address that each notification is sent to by POST.</summary>
    /// <value>An absolute https address (or http, inside a trusted network), without user and password. Required.</value>
    /// <remarks>The sender does not follow redirects.</remarks>
    public Uri? Url { get; set; }

    /// <summary>Gets the secrets that messages are signed with.</summary>
    /// <value>
    /// At least one: <c>whsec_</c> and the base64 of 24 to 64 random bytes, as <see cref="WebhookSecret.Create"/> creates it.
    /// </value>
    /// <remarks>
    /// To rotate a secret, set both until every receiver has the new one: each message is signed with each, in this order.
    /// </remarks>
    public IList<string> Secrets { get; } = [];

    /// <summary>Gets or sets the maximum time that one delivery may take.</summary>
    /// <value>1 second to 1 minute. The default is 10 seconds.</value>
    [OptionRange("00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
