using Amazon.Runtime;
using Amazon.S3;
using DirectUpload;
using DirectUpload.LocalS3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Telemetry;

// A worker host without HTTP: uploads a few files to LocalS3, and prints their metrics and traces.
var folder = Directory.CreateTempSubdirectory("directupload-telemetry-");
await using var s3 = await LocalS3Server.StartAsync(new LocalS3Options { Url = "http://127.0.0.1:0", DataDirectory = folder.FullName });
var local = new LocalS3Options();

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client(
    new BasicAWSCredentials(local.AccessKey, local.SecretKey),
    new AmazonS3Config { ServiceURL = s3.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = local.Region }));
builder.Services
    .AddDirectUploads(o =>
    {
        o.Bucket = "uploads";
        o.AddProfile("note", note =>
        {
            note.ContentTypes.Add("text/plain");
            note.MaxSize = 1000;
        });
    })
    .UseInMemoryStore()
    .AddWorker();
builder.Services.AddOpenTelemetry()
    .AddDirectUploadInstrumentation()
    .WithMetrics(metrics => metrics.AddConsoleExporter())
    .WithTracing(tracing => tracing.AddConsoleExporter());

using var host = builder.Build();
await host.StartAsync();

var uploads = host.Services.GetRequiredService<IDirectUploadService>();
using var http = new HttpClient();
foreach (var text in new[] { "Hello, S3!", "And again.", new string('x', 2000) })
{
    var granted = await uploads.RequestAsync(
        new UploadRequest { Profile = "note", FileName = "note.txt", ContentType = "text/plain", Size = text.Length },
        UploadCaller.Anonymous);
    if (!granted.Succeeded)
        continue; // too large; the metrics count the refusal, too
    using var content = new StringContent(text, new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain"));
    (await http.PutAsync(granted.Value.Instructions.Url, content)).EnsureSuccessStatusCode();
    await uploads.ConfirmAsync(granted.Value.Upload.Id, granted.Value.WriteToken);
}

await host.StopAsync(); // OpenTelemetry exports the remaining data
folder.Delete(recursive: true);
