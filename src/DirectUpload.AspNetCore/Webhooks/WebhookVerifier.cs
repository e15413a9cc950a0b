using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Webhooks;

/// <summary>For whoever receives webhooks: makes sure that a message is DirectUpload's, unchanged, and not an old one sent again. Safe for concurrent use.</summary>
/// <remarks>Any library of Standard Webhooks does the same: https://www.standardwebhooks.com. A message may come twice: its header <c>webhook-id</c> is the same then.</remarks>
public sealed class WebhookVerifier
{
    private const int LongestSignatures = 2048;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] _key;
    private readonly TimeProvider _clock;

    /// <summary>For one secret.</summary>
    /// <param name="secret">As the sender has it in its <see cref="WebhookOptions.Secrets"/>.</param>
    /// <param name="clock">Tells the time; null takes the system's.</param>
    /// <exception cref="ArgumentException">It is not such a secret.</exception>
    public WebhookVerifier(string secret, TimeProvider? clock = null)
    {
        _key = WebhookSecret.TryRead(secret, out var key) ? key : throw new ArgumentException("A secret is \"whsec_\" and the base64 of 24 to 64 bytes.", nameof(secret));
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Whether the message is genuine: signed with the secret, and within 5 minutes of now.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="body">The request's body, byte for byte as it came, before anything parses it.</param>
    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers[WebhookSignature.IdHeader] is not [{ } id] || headers[WebhookSignature.TimeHeader] is not [{ } time]
            || headers[WebhookSignature.SignatureHeader] is not [{ Length: <= LongestSignatures } signatures])
            return false;
        return long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(_clock.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Tolerance.TotalSeconds
            && WebhookSignature.Holds(signatures, _key, id, time, body);
    }
}
