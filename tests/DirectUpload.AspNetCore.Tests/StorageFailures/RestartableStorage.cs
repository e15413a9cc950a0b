using DirectUpload.LocalS3;

namespace DirectUpload.AspNetCore.Tests.StorageFailures;

/// <summary>A LocalS3 that is stopped and started again at the same address, with the same objects.</summary>
internal sealed class RestartableStorage : IAsyncDisposable
{
    private readonly LocalS3Options options = new()
    {
        Url = "http://127.0.0.1:0",
        DataDirectory = Directory.CreateTempSubdirectory("directupload-outage-").FullName,
    };

    private LocalS3Server? server;

    public S3Access Access => new(options.Url, options.AccessKey, options.SecretKey, options.Region);

    public static async Task<RestartableStorage> CreateAsync()
    {
        var storage = new RestartableStorage();
        await storage.StartAsync();
        return storage;
    }

    public async Task StartAsync()
    {
        server = await LocalS3Server.StartAsync(options);
        options.Url = $"{server.Endpoint}".TrimEnd('/');
    }

    public async Task StopAsync() => await server!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        Directory.Delete(options.DataDirectory, recursive: true);
    }
}
