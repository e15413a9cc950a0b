using Amazon.Runtime;
using Amazon.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// An application in a process of its own, for tests that limit its memory: ENDPOINT BUCKET ACCESS-KEY SECRET-KEY REGION. Prints its
// address, and ends when its input does.
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client(
    new BasicAWSCredentials(args[2], args[3]),
    new AmazonS3Config { ServiceURL = args[0], ForcePathStyle = true, AuthenticationRegion = args[4] }));
builder.Services.AddDirectUploads(options =>
{
    options.Bucket = args[1];
    options.MaxRequestsPerMinutePerOwner = null;
    options.AddProfile("anything", profile =>
    {
        profile.ContentTypes.Add("*/*");
        profile.MaxPendingUploadsPerOwner = null;
    });
}).UseInMemoryStore();
var app = builder.Build();
app.MapDirectUploads("/uploads").AllowAnonymous();
app.MapStorageEvents("/storage-events", options => options.SnsTopics.Add("arn:aws:sns:eu-west-1:123456789012:uploads"));
app.MapGet("/heap", static (HttpContext context) => context.Response.WriteAsync($"{GC.GetGCMemoryInfo().HeapSizeBytes}"));
await app.StartAsync();
Console.WriteLine(app.Urls.First());
await Console.In.ReadToEndAsync();
