using System.Security.Claims;
using DirectUpload.Crash.Host;
using DirectUpload.Presigning;
using DirectUpload.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

// An application that can be killed at any fault point: web API and worker, records in a database, files at S3. It prints "ready", sets its
// clock ahead by each line that it reads, and ends when its input does.
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(HostSettings.Url);
builder.Logging.ClearProviders();
if (HostSettings.WarningLog is { } warnings)
    builder.Logging.AddProvider(new WarningsFile(warnings));
var clock = new OffsetClock(HostSettings.ClockOffset);
builder.Services.AddSingleton<TimeProvider>(clock);
builder.Services.AddSingleton(HostSettings.CreateS3Client());
builder.Services.AddSingleton(new FaultPoints(HostSettings.CrashAt, HostSettings.FaultPointLog, clock));
builder.Services
    .AddDirectUploads(options =>
    {
        options.Bucket = HostSettings.Bucket;
        options.MaxRequestsPerMinutePerOwner = null;
        options.ProcessingLease = TimeSpan.FromSeconds(10);
        options.ConcurrentConfirmTimeout = TimeSpan.FromSeconds(1);
        foreach (var name in new[] { "plain", "shouted", "slow" })
        {
            options.AddProfile(name, profile =>
            {
                foreach (var type in new[] { "text/plain", "image/png", "image/gif" })
                    profile.ContentTypes.Add(type);
                profile.MaxPendingUploadsPerOwner = null;
                if (name == "shouted")
                    profile.AddProcessor<UpperCaseProcessor>();
                if (name == "slow")
                    profile.AddProcessor<SlowProcessor>();
            });
        }

        // One processor before the review, and one after it.
        options.AddProfile("reviewed", profile =>
        {
            profile.ContentTypes.Add("text/plain");
            profile.MaxPendingUploadsPerOwner = null;
            profile.AddProcessor<UpperCaseProcessor>().AddProcessor<ReviewProcessor>(Review.Processor)
                .AddProcessor<UpperCaseProcessor>("after review");
        });
        options.AddProfile("avatar", profile =>
        {
            profile.ContentTypes.Add("text/plain");
            profile.MaxPendingUploadsPerOwner = null;
            profile.RequireAttachment = true;
        });
    })
    .UseHostDatabase()
    .AddWorker(worker =>
    {
        worker.Parallelism = 4;
        worker.PollInterval = TimeSpan.FromMilliseconds(100);
    });
if (HostSettings.NotificationLog is { } told)
    builder.Services.AddDirectUploads()
        .AddEventHandler("told", provider => new NotificationFile(told, provider.GetRequiredService<FaultPoints>()));
builder.Services.Wrap((provider, store) => new CrashingStore(store, provider.GetRequiredService<FaultPoints>()));
builder.Services.Replace(ServiceDescriptor.Singleton(provider => new UploadBuckets(name => new CrashingBucket(
    new S3UploadBucket(name, provider.GetRequiredService<BucketConnections>().Get(name).Client),
    provider.GetRequiredService<FaultPoints>()))));

await using var app = builder.Build();
if (HostSettings.HasMembers)
{
    app.Use((context, next) =>
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada")], "test"));
        return next(context);
    });
}

app.MapDirectUploads("/uploads").AllowAnonymous();
app.MapUploadDecisions("/decisions", Review.Processor, Review.Secret);
if (HostSettings.HasMembers)
{
    app.MapMembers();
    await using var scope = app.Services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<MembersContext>().Database.EnsureCreatedAsync();
}

await app.StartAsync();
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } ahead)
    clock.Offset = TimeSpan.Parse(ahead);
await app.StopAsync();
