using Amazon.Runtime;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>The SDK's own client, on the server of the tests.</summary>
internal static class TestClients
{
    /// <param name="wire">What its requests go through; null when they go straight.</param>
    /// <param name="retries">How often the SDK repeats a request.</param>
    public static AmazonDynamoDBClient Create(InterceptingHandler? wire = null, int retries = 10) => new(
        new BasicAWSCredentials("dynalite", "checks-no-signatures"),
        new AmazonDynamoDBConfig
        {
            ServiceURL = DynaliteEngine.Require().Endpoint,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = retries,
            ThrottleRetries = false, // one allowance for the whole process: a test that fails much would take it from the others
            HttpClientFactory = wire is null ? null : new InterceptingClientFactory(wire),
        });

    private sealed class InterceptingClientFactory(InterceptingHandler wire) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(wire, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }
}
