using System.Globalization;
using System.Text;

namespace DirectUpload.Presigning;

/// <summary>Represents the parts of a signature that stay the same for one bucket, one credential and one day.</summary>
internal sealed class SigningScope
{
    private readonly SigningCredentials _credentials;
    private readonly DateOnly _day;

    public SigningScope(SigningTarget target, SigningCredentials credentials, DateOnly day)
    {
        _credentials = credentials;
        _day = day;
        var scope = string.Create(CultureInfo.InvariantCulture, $"{_day:yyyyMMdd}/{target.Region}/s3/aws4_request");
        Key = SigningKey.Get(credentials, day, target.Region);
        Credential = $"{credentials.AccessKey}/{scope}";
        StringToSignScope = Encoding.UTF8.GetBytes($"\n{scope}\n");
        QueryStart = Encoding.ASCII.GetBytes(
            $"X-Amz-Algorithm={SigV4.Algorithm}&X-Amz-Credential={Uri.EscapeDataString(Credential)}&X-Amz-Date=");
        QueryToken = string.IsNullOrEmpty(credentials.SessionToken)
            ? []
            : Encoding.ASCII.GetBytes($"&X-Amz-Security-Token={Uri.EscapeDataString(credentials.SessionToken)}");
    }

    /// <summary>Gets the derived signing key.</summary>
    public byte[] Key { get; }

    /// <summary>Gets the credential with its scope: <c>AKID/20130524/us-east-1/s3/aws4_request</c>.</summary>
    public string Credential { get; }

    /// <summary>Gets the query up to the value of X-Amz-Date.</summary>
    public byte[] QueryStart { get; }

    /// <summary>Gets the parameter of the session token with its leading ampersand; empty without a token.</summary>
    public byte[] QueryToken { get; }

    /// <summary>Gets the string to sign between the time and the hash, including line breaks.</summary>
    public byte[] StringToSignScope { get; }

    public bool Matches(SigningCredentials credentials, DateOnly day) => ReferenceEquals(_credentials, credentials) && _day == day;
}
