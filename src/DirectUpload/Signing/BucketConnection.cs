using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Endpoints;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Signing;

/// <summary>
/// One bucket and the SDK client that reaches it. The client is asked once where the bucket is (so virtual host and path style, dualstack,
/// FIPS, accelerate and access points are the SDK's business), and each time with whose credentials to sign.
/// </summary>
internal sealed class BucketConnection
{
    private readonly Lazy<SigningTarget> _target;

    public BucketConnection(string name, IAmazonS3 client, Uri? publicEndpoint, AWSCredentials? registered, ILogger logger)
    {
        Client = client;
        _target = new(() => Resolve(name, client, publicEndpoint));
        Occasions = new(() => Target, new CredentialSource(() => FindAsync(client, registered), logger));
    }

    public IAmazonS3 Client { get; }

    public SigningTarget Target => _target.Value;

    /// <summary>What is signed for the bucket, is signed on one of these.</summary>
    public SigningOccasions Occasions { get; }

    // The default chain may ask the network (an instance's role): never the blocking call.
    private static async ValueTask<AWSCredentials> FindAsync(IAmazonS3 client, AWSCredentials? registered) =>
        registered ?? ExplicitCredentials(client) ?? (client.Config as ClientConfig)?.DefaultAWSCredentials
        ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(client.Config).ConfigureAwait(false);

    private static SigningTarget Resolve(string bucket, IAmazonS3 client, Uri? publicEndpoint)
    {
        var config = (AmazonS3Config)client.Config;
        var endpoint = Resolve(publicEndpoint is null ? client : PublicTwin(config, publicEndpoint), bucket);
        var region = SigningRegion(endpoint, bucket);
        var url = new Uri(endpoint.URL);
        // The SDK resolves https even where UseHttp tells it to send over http (aws-sdk-net#1253).
        if (config.UseHttp && publicEndpoint is null)
            url = new UriBuilder(url) { Scheme = Uri.UriSchemeHttp, Port = url.IsDefaultPort ? -1 : url.Port }.Uri;
        return new SigningTarget(bucket, config.AuthenticationRegion ?? region ?? config.RegionEndpoint?.SystemName ?? "us-east-1", url);
    }

    private static Endpoint Resolve(IAmazonS3 client, string bucket) =>
        client.DetermineServiceOperationEndpoint(new PutObjectRequest { BucketName = bucket, Key = "key" });

    // The application may reach S3 by a name that its clients can't resolve: the same bucket, asked for at the public name.
    private static AmazonS3Client PublicTwin(AmazonS3Config config, Uri publicEndpoint) =>
        new(new AnonymousAWSCredentials(), new AmazonS3Config
        {
            ServiceURL = Ascii(publicEndpoint),
            ForcePathStyle = config.ForcePathStyle,
            AuthenticationRegion = config.AuthenticationRegion ?? config.RegionEndpoint?.SystemName,
        });

    // The SDK's resolver doesn't know host names in other scripts than ASCII.
    private static string Ascii(Uri url) =>
        url.HostNameType == UriHostNameType.Dns ? new UriBuilder(url) { Host = url.IdnHost }.Uri.AbsoluteUri : url.AbsoluteUri;

    // Multi-Region access points want SigV4A, directory buckets a session's key, outposts and object lambdas another service's name in the scope:
    // signed as a bucket is, the client would get nothing but a 403.
    private static string? SigningRegion(Endpoint endpoint, string bucket)
    {
        var schemes = (endpoint.Attributes?["authSchemes"] as IEnumerable<object> ?? []).OfType<IPropertyBag>().ToArray();
        if (schemes is [])
            return null;
        return (schemes.FirstOrDefault(scheme => scheme["name"] is "sigv4" && scheme["signingName"] is "s3")
            ?? throw new InvalidOperationException(
                $"Requests to \"{bucket}\" must be signed by {schemes[0]["name"]} for {schemes[0]["signingName"]}; only sigv4 for s3 can be presigned. "
                + "Name an ordinary bucket, or an access point in one Region."))["signingRegion"] as string;
    }

    private static AWSCredentials? ExplicitCredentials(IAmazonS3 client) =>
        client is AmazonServiceClient service ? GetExplicitCredentials(service) : null;

    // Protected in the SDK, and the only way to sign with what the host gave its client. A test holds it to the SDK's own signature.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ExplicitAWSCredentials")]
    private static extern AWSCredentials? GetExplicitCredentials(AmazonServiceClient client);
}
