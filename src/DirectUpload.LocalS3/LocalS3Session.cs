namespace DirectUpload.LocalS3;

/// <summary>Contains temporary credentials, as AWS STS issues them, with the rights of the server's own key.</summary>
/// <remarks>
/// The credentials are lost when the server stops. Immutable. Source:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html
/// </remarks>
public sealed class LocalS3Session
{
    internal LocalS3Session(string accessKey, string secretKey, string sessionToken, DateTimeOffset expiration)
    {
        AccessKey = accessKey;
        SecretKey = secretKey;
        SessionToken = sessionToken;
        Expiration = expiration;
    }

    /// <summary>Gets the access key id; like that of AWS, it begins with <c>ASIA</c>.</summary>
    public string AccessKey { get; }

    /// <summary>Gets the secret access key.</summary>
    public string SecretKey { get; }

    /// <summary>Gets the session token that every request must carry.</summary>
    /// <remarks>
    /// Send it as the signed header <c>x-amz-security-token</c>, as <c>X-Amz-Security-Token</c> in a presigned query, or as a form field
    /// that the policy names.
    /// </remarks>
    public string SessionToken { get; }

    /// <summary>Gets the expiry by the server's clock; afterwards requests fail with <c>ExpiredToken</c>.</summary>
    public DateTimeOffset Expiration { get; }

    /// <summary>Returns the access key and the expiry, without the secret and the token.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{AccessKey}, until {Expiration:u}";
}
