namespace DirectUpload.Presigning;

/// <summary>Represents the credentials of a signature and the time until which S3 accepts it.</summary>
internal sealed record SigningCredentials(string AccessKey, string SecretKey, string? SessionToken, DateTimeOffset? ExpiresAt)
{
    public override string ToString() => $"(credentials of {AccessKey})";
}
