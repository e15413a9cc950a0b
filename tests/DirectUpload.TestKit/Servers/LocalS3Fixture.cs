using DirectUpload.LocalS3;

namespace DirectUpload.TestKit;

/// <summary>Runs DirectUpload.LocalS3 on a free port, with a separate data folder.</summary>
public class LocalS3Fixture : S3ServerFixture
{
    private readonly LocalS3Options options = new()
    {
        Url = "http://127.0.0.1:0",
        DataDirectory = Directory.CreateTempSubdirectory("directupload-locals3-").FullName,
    };

    private LocalS3Server? server;

    /// <summary>The server object, for operations that have no request.</summary>
    public LocalS3Server Server => server ?? throw CreateUnavailableException();

    public override string VirtualHostSuffix => $"s3.localhost:{Server.Endpoint.Port}";

    public override Task<string> CreateTopicAsync() => Task.FromResult($"arn:aws:sns:{Region}:000000000000:tests");

    public override Task<S3Session> IssueSessionAsync()
    {
        var session = Server.IssueSession(TimeSpan.FromHours(1));
        return Task.FromResult(new S3Session(Access with { AccessKey = session.AccessKey, SecretKey = session.SecretKey },
            session.SessionToken));
    }

    /// <summary>LocalS3 has one address for all topics, set at its start; the receiver there forwards messages.</summary>
    protected override async Task<string> CreateTopicForAsync(string bucket, Uri endpoint)
    {
        (await EventReceiver.GetSharedAsync()).Forward(bucket, endpoint);
        return await CreateTopicAsync();
    }

    protected override async Task<S3Access?> StartAsync()
    {
        options.EventEndpoint = (await EventReceiver.GetSharedAsync()).Endpoint.ToString();
        server = await LocalS3Server.StartAsync(options);
        return new S3Access($"{server.Endpoint}".TrimEnd('/'), options.AccessKey, options.SecretKey, options.Region);
    }

    protected override Exception CreateUnavailableException() => new InvalidOperationException("InitializeAsync was not called");

    protected override async ValueTask StopAsync()
    {
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(options.DataDirectory, recursive: true);
    }
}
