namespace DirectUpload.LocalS3;

/// <summary>Temporary credentials, as AWS's STS hands them out: good for what the server's own key may do, until they expire.</summary>
/// <remarks>
/// They live in the server's memory: they do not survive it. Immutable. Source:
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

    /// <summary>The access key id; like AWS's it begins with <c>ASIA</c>.</summary>
    public string AccessKey { get; }

    /// <summary>The secret to sign with.</summary>
    public string SecretKey { get; }

    /// <summary>
    /// What every request must carry besides the signature: as <c>x-amz-security-token</c> among the signed headers, as
    /// <c>X-Amz-Security-Token</c> in a presigned query, or as a form field that the policy names.
    /// </summary>
    public string SessionToken { get; }

    /// <summary>When they end, by the server's clock: from this moment on they are answered with <c>ExpiredToken</c>.</summary>
    public DateTimeOffset Expiration { get; }

    /// <summary>Without the secret and the token.</summary>
    public override string ToString() => $"{AccessKey}, until {Expiration:u}";
}
