using Amazon.Runtime;
using Amazon.S3;

namespace DirectUpload.TestKit;

/// <summary>What it takes to talk to an S3 server. The endpoint has no trailing slash; buckets are addressed in the path.</summary>
public sealed record S3Access(string Endpoint, string AccessKey, string SecretKey, string Region)
{
    public string Host => new Uri(Endpoint).Authority;

    /// <param name="sessionToken">That of temporary credentials.</param>
    /// <param name="http">What every call of the client passes; null for nothing.</param>
    public AmazonS3Client CreateClient(string? sessionToken = null, HttpClientFactory? http = null)
    {
        AWSCredentials credentials = sessionToken is null
            ? new BasicAWSCredentials(AccessKey, SecretKey) : new SessionAWSCredentials(AccessKey, SecretKey, sessionToken);
        return new AmazonS3Client(credentials, new AmazonS3Config
        {
            ServiceURL = Endpoint,
            HttpClientFactory = http,
            AuthenticationRegion = Region,
            ForcePathStyle = true,
            UseHttp = Endpoint.StartsWith("http:", StringComparison.Ordinal),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }
}
