using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>The temporary credentials that were issued. In memory only: a restarted server has never heard of them.</summary>
internal sealed class Sessions(TimeProvider clock)
{
    /// <summary>STS's longest: 36 hours, for GetSessionToken.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(36);

    // An expired token is still called expired, not unknown; a day later nobody asks.
    private static readonly TimeSpan Remembrance = TimeSpan.FromDays(1);

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly ConcurrentDictionary<string, LocalS3Session> _byAccessKey = new(StringComparer.Ordinal);

    public LocalS3Session Issue(TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, old) in _byAccessKey)
            if (old.Expiration + Remembrance < now)
                _byAccessKey.TryRemove(key, out _);
        var issued = new LocalS3Session(
            "ASIA" + RandomNumberGenerator.GetString(Alphabet, 16),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)),
            // With '+', '/' and '=' as AWS's have: a client that forgets to encode them shall fail here, not later.
            "FwoG+/" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(256)),
            now + lifetime);
        _byAccessKey[issued.AccessKey] = issued;
        return issued;
    }

    /// <summary>The secret of a session's access key, provided that its own token came along and has not expired.</summary>
    public string Secret(string accessKey, string? token)
    {
        // Without its token AWS knows a temporary key no more than an invented one.
        if (!_byAccessKey.TryGetValue(accessKey, out var session) || string.IsNullOrEmpty(token))
            throw S3Errors.UnknownAccessKey(accessKey);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(session.SessionToken), Encoding.UTF8.GetBytes(token)))
            throw S3Errors.InvalidToken();
        if (clock.GetUtcNow() >= session.Expiration)
            throw S3Errors.ExpiredToken();
        return session.SecretKey;
    }
}
