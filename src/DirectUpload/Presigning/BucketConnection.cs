using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Endpoints;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Presigning;

/// <summary>Represents one bucket and the SDK client that accesses it.</summary>
/// <remarks>
/// The SDK resolves the address of the bucket once, so it handles virtual-hosted and path style, dual-stack, FIPS, Transfer Acceleration
/// and access points. The credentials come from the client for each signature.
/// </remarks>
internal sealed class BucketConnection
{
    private readonly Lazy<SigningTarget> _target;

    public BucketConnection(string name, IAmazonS3 client, Uri? publicEndpoint, AWSCredentials? registered, ILogger logger)
    {
        Client = client;
        _target = new(() => Resolve(name, client, publicEndpoint));
        SigningContexts = new(() => Target, new CredentialSource(() => FindCredentialsAsync(client, registered), logger));
        var ownTarget = publicEndpoint is null ? _target : new(() => Resolve(name, client, publicEndpoint: null));
        OwnSigningContexts = new(
            () => ownTarget.Value, new CredentialSource(() => FindCredentialsAsync(client, registered: null), logger));
    }

    public IAmazonS3 Client { get; }

    public SigningTarget Target => _target.Value;

    /// <summary>Gets the signing contexts of the bucket; every signature for the bucket uses one of them.</summary>
    public SigningContextCache SigningContexts { get; }

    /// <summary>
    /// Gets the signing contexts for requests that the application itself sends: by the endpoint and the credentials of its client.
    /// </summary>
    public SigningContextCache OwnSigningContexts { get; }

    // The default chain may send network requests (for the role of an instance), so the blocking call is never used.
    private static async ValueTask<AWSCredentials> FindCredentialsAsync(IAmazonS3 client, AWSCredentials? registered) =>
        registered ?? FindExplicitCredentials(client) ?? (client.Config as ClientConfig)?.DefaultAWSCredentials
        ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(client.Config).ConfigureAwait(false);

    private static SigningTarget Resolve(string bucket, IAmazonS3 client, Uri? publicEndpoint)
    {
        var config = (AmazonS3Config)client.Config;
        var endpoint = Resolve(publicEndpoint is null ? client : CreatePublicEndpointClient(config, publicEndpoint), bucket);
        var region = FindSigningRegion(endpoint, bucket);
        var url = new Uri(endpoint.URL);
        // The SDK resolves https even where UseHttp makes it send over http (aws-sdk-net#1253).
        if (config.UseHttp && publicEndpoint is null)
            url = new UriBuilder(url) { Scheme = Uri.UriSchemeHttp, Port = url.IsDefaultPort ? -1 : url.Port }.Uri;
        return new SigningTarget(bucket, config.AuthenticationRegion ?? region ?? config.RegionEndpoint?.SystemName ?? "us-east-1", url);
    }

    private static Endpoint Resolve(IAmazonS3 client, string bucket) =>
        client.DetermineServiceOperationEndpoint(new PutObjectRequest { BucketName = bucket, Key = "key" });

    // The application may access S3 by a host name that its clients cannot resolve. This client resolves the same bucket at the public
    // endpoint.
    private static AmazonS3Client CreatePublicEndpointClient(AmazonS3Config config, Uri publicEndpoint) =>
        new(new AnonymousAWSCredentials(), new AmazonS3Config
        {
            ServiceURL = ToAsciiUrl(publicEndpoint),
            ForcePathStyle = config.ForcePathStyle,
            AuthenticationRegion = config.AuthenticationRegion ?? config.RegionEndpoint?.SystemName,
        });

    // The endpoint resolver of the SDK supports only ASCII host names.
    private static string ToAsciiUrl(Uri url) =>
        url.HostNameType == UriHostNameType.Dns ? new UriBuilder(url) { Host = url.IdnHost }.Uri.AbsoluteUri : url.AbsoluteUri;

    // Multi-Region Access Points require SigV4A, directory buckets a session key, Outposts and Object Lambda another service name in the
    // scope. Signed as an ordinary bucket, every request would fail with 403.
    private static string? FindSigningRegion(Endpoint endpoint, string bucket)
    {
        var schemes = (endpoint.Attributes?["authSchemes"] as IEnumerable<object> ?? []).OfType<IPropertyBag>().ToArray();
        if (schemes is [])
            return null;
        return (schemes.FirstOrDefault(scheme => scheme["name"] is "sigv4" && scheme["signingName"] is "s3")
            ?? throw new InvalidOperationException(
                $"Requests to \"{bucket}\" must be signed by {schemes[0]["name"]} for {schemes[0]["signingName"]}; "
                + "only sigv4 for s3 can be presigned. "
                + "Name an ordinary bucket, or an access point in one Region."))["signingRegion"] as string;
    }

    private static AWSCredentials? FindExplicitCredentials(IAmazonS3 client) =>
        client is AmazonServiceClient service ? GetExplicitCredentials(service) : null;

    // The property is protected in the SDK, and the only source of the credentials that the host passed to its client. A test compares the
    // result with the signature of the SDK.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ExplicitAWSCredentials")]
    private static extern AWSCredentials? GetExplicitCredentials(AmazonServiceClient client);
}
