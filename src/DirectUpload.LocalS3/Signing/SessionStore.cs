using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Signing;

/// <summary>Keeps issued temporary credentials in memory; a restarted server does not know them.</summary>
internal sealed class SessionStore(TimeProvider clock)
{
    /// <summary>The maximum lifetime of STS: 36 hours, for GetSessionToken.</summary>
    public static readonly TimeSpan MaxUploadDuration = TimeSpan.FromHours(36);

    // An expired token is reported as expired, not as unknown, for one day after its expiry.
    private static readonly TimeSpan RetentionAfterExpiration = TimeSpan.FromDays(1);

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly ConcurrentDictionary<string, LocalS3Session> _byAccessKey = new(StringComparer.Ordinal);

    public LocalS3Session Issue(TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, old) in _byAccessKey)
            if (old.Expiration + RetentionAfterExpiration < now)
                _byAccessKey.TryRemove(key, out _);
        var issued = new LocalS3Session(
            "ASIA" + RandomNumberGenerator.GetString(Alphabet, 16),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)),
            // The token contains '+', '/' and '=' as AWS tokens do, so that a client that does not encode them fails here already.
            "FwoG+/" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(256)),
            now + lifetime);
        _byAccessKey[issued.AccessKey] = issued;
        return issued;
    }

    /// <summary>
    /// Returns the secret of a session's access key, if the request contains the session's token and the token has not expired.
    /// </summary>
    public string GetSecret(string accessKey, string? token)
    {
        // Without its token, AWS treats a temporary key as an unknown key.
        if (!_byAccessKey.TryGetValue(accessKey, out var session) || string.IsNullOrEmpty(token))
            throw S3Errors.UnknownAccessKey(accessKey);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(session.SessionToken), Encoding.UTF8.GetBytes(token)))
            throw S3Errors.InvalidToken();
        if (clock.GetUtcNow() >= session.Expiration)
            throw S3Errors.ExpiredToken();
        return session.SecretKey;
    }
}
