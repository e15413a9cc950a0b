using Amazon.S3;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>A host as a developer would write it, on a real Kestrel with a port of its own.</summary>
public sealed class UploadApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private UploadApp(WebApplication app, HttpClient http) => (this.app, Http) = (app, http);

    /// <summary>Follows no redirect, uses no proxy.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => app.Services;

    public UploadClient Client => new(Http, "/uploads");

    public UploadClient ClientOf(string prefix) => new(Http, prefix);

    public IUploadRecordStore Store => Services.GetRequiredService<IUploadRecordStore>();

    public async Task<UploadRecord> RecordAsync(string id) => (await Store.FindAsync(UploadId.Parse(id)))!;

    /// <summary>Makes an upload ready. The first one shows the host whether the server verifies copies.</summary>
    public async Task MakeReadyAsync(StorageClient browser, bool deleted = false)
    {
        var grant = await Client.GrantAsync();
        (await browser.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        (await Client.ConfirmAsync(grant)).ShouldBe(200);
        if (deleted)
            (await Client.DeleteAsync(grant)).ShouldBe(204);
    }

    public static async Task<UploadApp> StartAsync(IAmazonS3 s3, string bucket, TestHostOptions? choices = null)
    {
        choices ??= new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseKestrelCore().ConfigureKestrel(choices.Kestrel);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(s3);
        builder.Services.AddDirectUploads(options =>
        {
            options.Bucket = bucket;
            options.MaxRequestsPerMinutePerOwner = null;
            TestProfiles.AddTo(options);
            choices.Uploads(options);
        }).UseInMemoryStore();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        choices.Services(builder.Services);
        KeepLastStore(builder.Services);

        var app = builder.Build();
        choices.Pipeline(app);
        choices.Map(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        return new UploadApp(app, new HttpClient(handler) { BaseAddress = new Uri(address) });
    }

    /// <summary>An app that signs but never needs to reach storage: nothing listens where its S3 should be.</summary>
    public static Task<UploadApp> StartAsync(TestHostOptions? choices = null) =>
        StartAsync(TestS3Clients.CreateUnreachable(), "uploads", choices);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }

    // A test that brings a store of its own replaces the one in memory.
    private static void KeepLastStore(IServiceCollection services)
    {
        foreach (var earlier in services.Where(service => service.ServiceType == typeof(DirectUpload.Stores.IUploadRecordStore))
            .SkipLast(1).ToList())
            services.Remove(earlier);
    }
}
