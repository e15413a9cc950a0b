using Amazon.S3;
using DirectUpload.Presigning;

namespace DirectUpload.Storage;

/// <summary>Creates the HTTP client for presigned requests as the SDK's client is configured.</summary>
internal static class StorageHttpClient
{
    private static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(5);

    // Connections end at some time, so that a changed DNS entry is noticed.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Creates the presigned calls of a bucket.</summary>
    /// <returns>
    /// The calls; null for a client that is not the SDK's own class, because it may change requests, and for Transfer Acceleration, which
    /// has no copies.
    /// </returns>
    public static PresignedCalls? TryCreateCalls(BucketConnection connection)
    {
        if (connection.Client.GetType() != typeof(AmazonS3Client)
            || connection.Client.Config is not AmazonS3Config { UseAccelerateEndpoint: false } config)
            return null;
        return new PresignedCalls(connection.OwnSigningContexts, Create(config), TimeProvider.System);
    }

    private static HttpClient Create(AmazonS3Config config)
    {
        if (config.HttpClientFactory is { } factory)
            return factory.CreateHttpClient(config);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectTimeout = config.ConnectTimeout ?? DefaultConnectTimeout,
            MaxConnectionsPerServer = config.MaxConnectionsPerServer ?? int.MaxValue,
        };
        if (config.GetWebProxy() is { } proxy)
            handler.Proxy = proxy;
        // Every call has a time limit of its own.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
