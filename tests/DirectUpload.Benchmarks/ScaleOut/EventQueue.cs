using Amazon.Runtime;
using Amazon.SQS;
using DirectUpload.Benchmarks.Processes;

namespace DirectUpload.Benchmarks.ScaleOut;

/// <summary>A queue on the server that DIRECTUPLOAD_SQS names, into which the events of storage go.</summary>
internal sealed class EventQueue(AmazonSQSClient client, string url) : IDisposable
{
    private const string EndpointVariable = "DIRECTUPLOAD_SQS";

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(2);

    public static Uri Server { get; } = new(
        Environment.GetEnvironmentVariable(EndpointVariable)
        ?? throw new InvalidOperationException($"Set {EndpointVariable} to a server of SQS's protocol: tests/engines/up starts one."));

    public string Url => url;

    public static AmazonSQSClient CreateClient(Uri server) => new(
        new BasicAWSCredentials("any", "any"), new AmazonSQSConfig { ServiceURL = server.AbsoluteUri, AuthenticationRegion = "us-east-1" });

    public static async Task<EventQueue> CreateAsync()
    {
        var client = CreateClient(Server);
        return new(client, (await client.CreateQueueAsync($"scale-{Guid.NewGuid():N}")).QueueUrl);
    }

    /// <summary>Sends what S3 sends when an object was created.</summary>
    public Task SendCreatedAsync(string key) => client.SendMessageAsync(
        url,
        $$"""
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-03-01T12:00:00.000Z",
        "eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","bucket":{"name":"{{StorageProcess.Bucket}}"},
        "object":{"key":"{{key}}","size":5,"eTag":"e4d7","sequencer":"0055AED6DCD90281E5"} } }]}
        """);

    /// <exception cref="OperationCanceledException">A message stays in the queue.</exception>
    public async Task WaitUntilEmptyAsync()
    {
        using var limit = new CancellationTokenSource(MaxWait);
        while (true)
        {
            var attributes = await client.GetQueueAttributesAsync(
                url, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"], limit.Token);
            if (attributes.ApproximateNumberOfMessages + attributes.ApproximateNumberOfMessagesNotVisible == 0)
                return;
            await Task.Delay(20, limit.Token);
        }
    }

    public void Dispose() => client.Dispose();
}
