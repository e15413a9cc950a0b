using Amazon.S3.Model;
using DirectUpload.Stores;
using DirectUpload.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Browser.Tests.Client;

/// <summary>
/// An application that serves the browser client under a strict Content-Security-Policy, with a bucket of its own whose CORS rules are
/// those of the documentation, behind <see cref="FaultyStorage"/>.
/// </summary>
internal sealed class ClientHost : IAsyncDisposable
{
    public const int PartSize = 5 * 1024 * 1024;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http:; img-src data:; require-trusted-types-for 'script'";

    private readonly WebApplication _app;
    private readonly S3ServerFixture _server;

    private ClientHost(WebApplication app, S3ServerFixture server, FaultyStorage storage, string bucket) =>
        (_app, _server, Storage, Bucket) = (app, server, storage, bucket);

    public string Address => _app.Urls.First();

    public string Bucket { get; }

    public FaultyStorage Storage { get; }

    /// <summary>Whether connections to the application break, as on a lost network.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>Whether the application answers confirms with 503.</summary>
    public bool IsConfirmRefused { get; set; }

    /// <summary>The calls that the page made to the application, as "METHOD path".</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Calls { get; } = [];

    public IUploadRecordStore Store => _app.Services.GetRequiredService<IUploadRecordStore>();

    public static async Task<ClientHost> StartAsync(S3ServerFixture server, bool withCors = true)
    {
        var (storage, bucket) = (await FaultyStorage.StartAsync(server), await server.CreateBucketAsync([]));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Amazon.S3.IAmazonS3>(server.S3);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDirectUploads(options =>
        {
            (options.Bucket, options.PublicEndpoint, options.MaxRequestsPerMinutePerOwner) = (bucket, storage.Address, null);
            AddProfiles(options);
        }).UseInMemoryStore();
        var app = builder.Build();
        var host = new ClientHost(app, server, storage, bucket);
        app.Use(host.WatchAsync);
        app.MapGet("/", () => ServeFile("page.html", "text/html"));
        app.MapGet("/page.js", () => ServeFile("page.js", "text/javascript"));
        app.MapGet("/client/{name}", (string name) => Results.File(Path.Combine(ClientFolder, Path.GetFileName(name)), "text/javascript"));
        app.MapDirectUploads("/uploads", options => options.OwnerResolver = static _ => "ada").AllowAnonymous();
        await app.StartAsync();
        if (withCors)
            await server.S3.PutCORSConfigurationAsync(bucket, DocumentedCors.Read(app.Urls.First()));
        return host;
    }

    public async Task<UploadRecord> GetRecordAsync(string id) =>
        await Store.FindAsync(UploadId.Parse(id)) ?? throw new InvalidOperationException($"There is no record {id}.");

    public async Task<IReadOnlyList<UploadRecord>> ListRecordsAsync() => await Store.ListAsync(UploadFilter.ForOwner("ada"), 1000);

    /// <summary>The SHA-256 of the bytes in storage, in hexadecimal digits.</summary>
    public async Task<string> HashContentAsync(string id)
    {
        var record = await GetRecordAsync(id);
        using var content = await _server.S3.GetObjectAsync(Bucket, record.FinalKey);
        return Convert.ToHexString(await System.Security.Cryptography.SHA256.HashDataAsync(content.ResponseStream));
    }

    public async Task<IReadOnlyList<S3Object>> ListObjectsAsync() =>
        (await _server.S3.ListObjectsV2Async(new() { BucketName = Bucket })).S3Objects ?? [];

    public async Task<int> CountMultipartUploadsAsync() =>
        (await _server.S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket })).MultipartUploads?.Count ?? 0;

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        await _app.DisposeAsync();
    }

    private static string ClientFolder => Path.Combine(SampleProcess.RepositoryFolder, "src", "DirectUpload.Browser", "dist");

    private static void AddProfiles(DirectUploadOptions options)
    {
        Add("any", profile => profile.UploadMethod = UploadMethod.Put);
        Add("form", profile => profile.UploadMethod = UploadMethod.Post);
        Add("large", profile => (profile.MaxSize, profile.MultipartThreshold, profile.PartSize) = (1L << 31, PartSize, PartSize));
        Add("checked", profile => Check(profile, UploadMethod.Put));
        Add("checked-form", profile => Check(profile, UploadMethod.Post));
        Add("checked-large", profile => Check(profile, UploadMethod.Multipart));
        Add("short", profile => profile.UploadUrlLifetime = TimeSpan.FromSeconds(3));
        Add("one", profile => profile.MaxPendingUploadsPerOwner = 1);
        options.AddProfile("pictures", profile =>
        {
            profile.ContentTypes.Add("image/*");
            (profile.MaxSize, profile.UploadMethod) = (100_000, UploadMethod.Put);
        });

        static void Check(UploadProfile profile, UploadMethod method)
        {
            (profile.UploadMethod, profile.RequireIntegrity) = (method, IntegrityRequirement.StorageChecksum);
            (profile.MaxSize, profile.MultipartThreshold, profile.PartSize) = (1L << 31, 1L << 31, PartSize);
            // A rejected upload counts until its grant expires.
            profile.MaxPendingUploadsPerOwner = null;
        }

        void Add(string name, Action<UploadProfile> change) => options.AddProfile(name, profile =>
        {
            profile.ContentTypes.Add("*/*");
            (profile.MaxSize, profile.MinSize) = (50_000_000, 0);
            change(profile);
        });
    }

    private static IResult ServeFile(string name, string type) =>
        Results.File(Path.Combine(AppContext.BaseDirectory, "Client", name), type);

    private Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        if (IsUnreachable)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        if (context.Request.Path.StartsWithSegments("/uploads"))
            Calls.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (IsConfirmRefused && context.Request.Path.Value!.EndsWith("/confirm", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        context.Response.Headers.ContentSecurityPolicy = Policy;
        return next(context);
    }
}
