using Amazon.S3.Model;
using DirectUpload.Stores;
using DirectUpload.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Browser.Tests.Uppy;

/// <summary>An application with a page of Uppy's, and a bucket of its own, whose rules let this page's origin in and no other.</summary>
internal sealed class UppyHost : IAsyncDisposable
{
    public const int PartSize = 5 * 1024 * 1024;

    private static readonly (string Name, UploadMethod Method)[] Profiles =
    [
        ("post", UploadMethod.Post), ("put", UploadMethod.Put), ("strict-post", UploadMethod.Post), ("strict-put", UploadMethod.Put),
        ("checked-post", UploadMethod.Post), ("checked-put", UploadMethod.Put),
    ];

    private readonly WebApplication _app;

    private UppyHost(WebApplication app, StorageProxy storage, string bucket) => (_app, Storage, Bucket) = (app, storage, bucket);

    public string Address => _app.Urls.First();

    public string Bucket { get; }

    public StorageProxy Storage { get; }

    public IUploadRecordStore Store => _app.Services.GetRequiredService<IUploadRecordStore>();

    public static async Task<UppyHost> StartAsync(S3ServerFixture server, UppyEngine uppy, TimeSpan? lifetime = null)
    {
        var (storage, bucket) = (await StorageProxy.StartAsync(server), await server.CreateBucketAsync([]));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Amazon.S3.IAmazonS3>(server.S3);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDirectUploads(options =>
        {
            (options.Bucket, options.PublicEndpoint) = (bucket, storage.Address);
            foreach (var (name, method) in Profiles)
            {
                options.AddProfile(name, profile =>
                {
                    profile.ContentTypes.Add("*/*");
                    (profile.UploadMethod, profile.MaxSize, profile.UploadUrlLifetime) = (method, 500_000_000, lifetime
                        ?? profile.UploadUrlLifetime);
                    profile.RequireIntegrity =
                        name.StartsWith("checked-", StringComparison.Ordinal) ? IntegrityRequirement.StorageChecksum : default;
                    profile.MaxPendingUploadsPerOwner = null;
                    profile.RequireChecksum = profile.RequireAssociation = profile.ClientsMayAssociate = IsStrict(name);
                });
            }
        }).UseInMemoryStore();

        var app = builder.Build();
        foreach (var (name, _) in Profiles)
            app.MapUppyUploads($"/{name}", name, options => options.OwnerResolver = context => context.Request.Cookies["user"])
                .AllowAnonymous();
        app.MapGet("/", () => Results.File(Path.Combine(AppContext.BaseDirectory, "Uppy", "uppy-page.html"), "text/html"));
        app.MapGet("/client/{name}", (string name) => Results.File(
            Path.Combine(SampleProcess.RepositoryFolder, "src", "DirectUpload.Browser", "dist", Path.GetFileName(name)),
            "text/javascript"));
        app.MapGet("/uppy.js", () => Results.File(uppy.Script, "text/javascript"));
        await app.StartAsync();
        await server.S3.PutCORSConfigurationAsync(bucket, new CORSConfiguration
        {
            Rules = [new()
            {
                AllowedOrigins = [app.Urls.First()],
                AllowedMethods = ["PUT", "POST"],
                AllowedHeaders = ["content-type", "x-amz-checksum-sha256"],
                ExposeHeaders = ["ETag", "Location"],
            }],
        });
        return new UppyHost(app, storage, bucket);
    }

    /// <summary>Whether a profile requires an association and a checksum.</summary>
    public static bool IsStrict(string profile) => profile.StartsWith("strict-", StringComparison.Ordinal);

    public async Task<UploadRecord> RecordAsync(string? owner) =>
        (await Store.ListAsync(UploadFilter.ForOwner(owner), 10)).Should().ContainSingle().Subject;

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        await _app.DisposeAsync();
    }
}
