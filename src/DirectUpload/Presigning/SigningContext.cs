using System.Globalization;
using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Represents the bucket, credentials, time and lifetime of signatures, and the texts that these signatures share.</summary>
internal sealed class SigningContext
{
    /// <param name="target">The address of the bucket.</param>
    /// <param name="credentials">The credentials to sign with.</param>
    /// <param name="time">The time of the signature.</param>
    /// <param name="lifetime">The lifetime, in whole seconds.</param>
    public SigningContext(SigningTarget target, SigningCredentials credentials, SigningTime time, TimeSpan lifetime)
    {
        Target = target;
        Credentials = credentials;
        Time = time;
        ExpiresAt = time.Instant + lifetime;
        Scope = target.GetScope(credentials, time.Day);
        var seconds = Encoding.ASCII.GetBytes(lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        QueryStart =
        [
            .. Scope.QueryStart, .. time.Utf8, .. "&X-Amz-Expires="u8, .. seconds, .. Scope.QueryToken, .. "&X-Amz-SignedHeaders="u8,
        ];
        StringToSignStart = [.. "AWS4-HMAC-SHA256\n"u8, .. time.Utf8, .. Scope.StringToSignScope];
    }

    public SigningTarget Target { get; }

    public SigningCredentials Credentials { get; }

    public SigningTime Time { get; }

    public SigningScope Scope { get; }

    /// <summary>Gets the time from which storage refuses the signature, in UTC.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Gets the query up to the names of the signed headers.</summary>
    public byte[] QueryStart { get; }

    /// <summary>Gets the string to sign up to the hash.</summary>
    public byte[] StringToSignStart { get; }

    /// <summary>Gets what all POST policies share; it is created with the first form.</summary>
    public PostPolicyFrame PolicyFrame => field ??= new(this);
}
