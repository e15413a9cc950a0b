namespace DirectUpload.Signing;

/// <summary>What a signature is made with, and how long it will be honoured.</summary>
internal sealed record SigningCredentials(string AccessKey, string SecretKey, string? SessionToken, DateTimeOffset? ExpiresAt)
{
    public override string ToString() => $"(credentials of {AccessKey})";
}
