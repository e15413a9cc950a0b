using System.Globalization;
using Amazon.S3;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Benchmarks.Grants;

/// <summary>An application that grants uploads to Uppy, and also carries files itself.</summary>
internal static class GrantHost
{
    public const string Role = "grant-host";
    public const string Pattern = "/uppy";
    public const string RecordsPath = "/records";
    public const string FormPath = "/form";

    private const string Profile = "file";

    // No user's quota is ever full, and it is counted all the same. Hosts that share a database have users of their own.
    private const int UploadsPerUser = 25;

    private static long requests;

    /// <param name="storage">The address of storage.</param>
    /// <param name="store">The store, as <see cref="StoreChoice"/> writes it.</param>
    /// <param name="hasQuotas">Whether the default quotas are counted for each request.</param>
    public static async Task ServeAsync(Uri storage, string store, bool hasQuotas)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IAmazonS3>(StorageProcess.CreateClient(storage));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        StoreChoice.Use(
            builder.Services.AddDirectUploads(options =>
            {
                options.Bucket = StorageProcess.Bucket;
                if (!hasQuotas)
                    options.MaxRequestsPerMinutePerOwner = null;
                options.AddProfile(Profile, profile =>
                {
                    profile.ContentTypes.Add("*/*");
                    profile.UploadMethod = UploadMethod.Post;
                    if (!hasQuotas)
                        profile.MaxPendingUploadsPerOwner = null;
                });
            }), store);
        await using var app = builder.Build();
        app.MapUppyUploads(Pattern, Profile, options => options.OwnerResolver = static _ => NextUser()).AllowAnonymous();
        app.MapPost(FormPath, FormFileEndpoint.PostAsync).DisableAntiforgery();
        if (store == StoreChoice.Memory)
            app.MapDelete(RecordsPath, () => BenchmarkApplication.DeleteRecordsAsync(app.Services));
        else
            app.MapDelete(RecordsPath, () => Task.CompletedTask);
        await app.StartAsync();
        await ChildProcess.ServeAsync(new Uri(app.Urls.First()));
    }

    private static string NextUser() =>
        string.Create(
            CultureInfo.InvariantCulture, $"user-{Environment.ProcessId}-{Interlocked.Increment(ref requests) / UploadsPerUser}");
}
