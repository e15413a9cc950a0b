using Amazon.Runtime;
using Amazon.S3;

namespace DirectUpload.TestKit;

/// <summary>Contains what a client needs to call an S3 server; the endpoint has no trailing slash, and requests are path-style.</summary>
public sealed record S3Access(string Endpoint, string AccessKey, string SecretKey, string Region)
{
    public string Host => new Uri(Endpoint).Authority;

    /// <param name="sessionToken">The session token of temporary credentials.</param>
    /// <param name="http">The factory of the HTTP client for every request, or null for the default.</param>
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
