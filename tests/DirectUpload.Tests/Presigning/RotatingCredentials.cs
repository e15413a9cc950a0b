using Amazon.Runtime;

namespace DirectUpload.Tests.Presigning;

/// <summary>Credentials that end and are fetched again, as those of a role or an instance are.</summary>
internal sealed class RotatingCredentials : RefreshingAWSCredentials
{
    private string _accessKey = "FIRST";

    // By default the SDK takes off a minute for itself; here the end is the end.
    public RotatingCredentials() => ExpirationBuffer = TimeSpan.Zero;

    public required DateTimeOffset ExpiresAt { get; set; }

    public void Rotate(string accessKey)
    {
        _accessKey = accessKey;
        ClearCredentials();
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        new(new ImmutableCredentials(_accessKey, "secret", "session"), ExpiresAt.UtcDateTime);

    protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Task.FromResult(GenerateNewCredentials());
}
