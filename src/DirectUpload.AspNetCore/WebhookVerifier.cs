using System.Globalization;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore;

/// <summary>Verifies in a receiver that a webhook comes from DirectUpload, is unchanged and is not a replay.</summary>
/// <remarks>
/// Instances are safe for concurrent use. Any library for Standard Webhooks does the same: https://www.standardwebhooks.com. A message may
/// be delivered twice; its header <c>webhook-id</c> is then the same.
/// </remarks>
public sealed class WebhookVerifier
{
    private const int MaxSignaturesLength = 2048;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] _key;
    private readonly TimeProvider _clock;

    /// <summary>Initializes a verifier for one secret.</summary>
    /// <param name="secret">One of the sender's <see cref="WebhookOptions.Secrets"/>.</param>
    /// <param name="clock">The clock; null uses the system clock.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="secret"/> is not <c>whsec_</c> and the base64 of 24 to 64 bytes.
    /// </exception>
    public WebhookVerifier(string secret, TimeProvider? clock = null)
    {
        _key = WebhookSecret.TryDecode(secret, out var key)
            ? key
            : throw new ArgumentException("The secret must be \"whsec_\" and the base64 of 24 to 64 bytes.", nameof(secret));
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Determines whether a message is signed with the secret and was sent within the last 5 minutes.</summary>
    /// <remarks>The time may also lie up to 5 minutes in the future, because clocks differ.</remarks>
    /// <param name="headers">The request's headers.</param>
    /// <param name="body">The request's body, byte for byte as received, before it is parsed.</param>
    /// <returns><see langword="true"/> if the message is genuine; otherwise, <see langword="false"/>.</returns>
    public bool Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (headers[WebhookSignature.IdHeader] is not [{ } id] || headers[WebhookSignature.TimestampHeader] is not [{ } time]
            || headers[WebhookSignature.SignatureHeader] is not [{ Length: <= MaxSignaturesLength } signatures])
            return false;
        return long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(_clock.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Tolerance.TotalSeconds
            && WebhookSignature.Verify(signatures, _key, id, time, body);
    }
}
