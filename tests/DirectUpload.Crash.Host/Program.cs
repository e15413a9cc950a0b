using DirectUpload.Crash.Host;
using DirectUpload.Processing;
using DirectUpload.Signing;
using DirectUpload.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

// An application that can be killed at any fault point: web API and worker, records in a database, files at S3. It prints "ready", sets its clock ahead
// by each line that it reads, and ends when its input does.
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(HostOrder.Url);
builder.Logging.ClearProviders();
if (HostOrder.Warnings is { } warnings)
    builder.Logging.AddProvider(new WarningsFile(warnings));
var clock = new AheadClock(HostOrder.Ahead);
builder.Services.AddSingleton<TimeProvider>(clock);
builder.Services.AddSingleton(HostOrder.S3());
builder.Services.AddSingleton(new FaultPoints(HostOrder.DieAt, HostOrder.Log, clock));
builder.Services
    .AddDirectUploads(options =>
    {
        options.Bucket = HostOrder.Bucket;
        options.MaxRequestsPerMinute = null;
        options.ProcessingLease = TimeSpan.FromSeconds(10);
        options.ConfirmWait = TimeSpan.FromSeconds(1);
        foreach (var name in new[] { "plain", "shouted", "slow" })
        {
            options.AddProfile(name, profile =>
            {
                profile.ContentTypes.Add("text/plain");
                profile.MaxPendingUploads = null;
                if (name == "shouted")
                    profile.ProcessWith<Shout>();
                if (name == "slow")
                    profile.ProcessWith<Slow>();
            });
        }
    })
    .UseDatabase(HostOrder.DatabaseKind, HostOrder.Database)
    .AddWorker(worker =>
    {
        worker.Parallelism = 4;
        worker.PollInterval = TimeSpan.FromMilliseconds(100);
    });
if (HostOrder.Told is { } told)
    builder.Services.AddDirectUploads().AddObserver("told", provider => new ToldFile(told, provider.GetRequiredService<FaultPoints>()));
builder.Services.Wrap((provider, store) => new CrashingStore(store, provider.GetRequiredService<FaultPoints>()));
builder.Services.Replace(ServiceDescriptor.Singleton(provider => new UploadBuckets(name => new CrashingBucket(
    new S3UploadBucket(name, provider.GetRequiredService<BucketConnections>().Get(name).Client), provider.GetRequiredService<FaultPoints>()))));

await using var app = builder.Build();
app.MapDirectUploads("/uploads").AllowAnonymous();
await app.StartAsync();
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } ahead)
    clock.Ahead = TimeSpan.Parse(ahead);
await app.StopAsync();
