using Amazon.Runtime;

namespace DirectUpload.Sqs.Tests;

/// <summary>The SDK's own client, on the server of the tests.</summary>
internal static class TestClients
{
    /// <param name="wire">What its requests go through; null when they go straight.</param>
    public static AmazonSQSClient Create(InterceptingHandler? wire = null) => new(
        new BasicAWSCredentials("fauxqs", "checks-no-signatures"),
        new AmazonSQSConfig
        {
            ServiceURL = SqsEngine.Require().Endpoint,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = wire is null ? 4 : 0,
            HttpClientFactory = wire is null ? null : new InterceptingClientFactory(wire),
        });

    public sealed class InterceptingClientFactory(InterceptingHandler wire) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(wire, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
