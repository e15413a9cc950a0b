using System.Globalization;
using System.Text;

namespace DirectUpload.Signing;

/// <summary>For which bucket, with what, when and for how long something is signed; and all that is the same for everything signed so, written out once.</summary>
internal sealed class SigningOccasion
{
    /// <param name="target">The bucket.</param>
    /// <param name="credentials">Whose signature it is.</param>
    /// <param name="time">When.</param>
    /// <param name="lifetime">For how long, in whole seconds.</param>
    public SigningOccasion(SigningTarget target, SigningCredentials credentials, SigningTime time, TimeSpan lifetime)
    {
        Target = target;
        Credentials = credentials;
        Time = time;
        ExpiresAt = time.Instant + lifetime;
        Scope = target.ScopeOf(credentials, time.Day);
        var seconds = Encoding.ASCII.GetBytes(lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        QueryStart = [.. Scope.QueryStart, .. time.Utf8, .. "&X-Amz-Expires="u8, .. seconds, .. Scope.QueryToken, .. "&X-Amz-SignedHeaders="u8];
        StringToSignStart = [.. "AWS4-HMAC-SHA256\n"u8, .. time.Utf8, .. Scope.StringToSignScope];
    }

    public SigningTarget Target { get; }

    public SigningCredentials Credentials { get; }

    public SigningTime Time { get; }

    public SigningScope Scope { get; }

    /// <summary>When storage stops accepting what is signed, in UTC.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The query up to the names of the signed headers.</summary>
    public byte[] QueryStart { get; }

    /// <summary>The string to sign up to the hash.</summary>
    public byte[] StringToSignStart { get; }
}
