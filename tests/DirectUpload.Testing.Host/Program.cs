using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.Testing.Host;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
var missing = new AmazonS3Config { ServiceURL = "http://127.0.0.1:9", AuthenticationRegion = "eu-west-1" };
builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client("AKIAPRODUCTION", "secret", missing));
builder.Services.AddKeyedSingleton<IAmazonS3>("archive", new AmazonS3Client("AKIAPRODUCTION", "secret", missing));
builder.Services.AddSingleton<AWSCredentials>(new BasicAWSCredentials("AKIAPRODUCTION", "secret"));
builder.Services.AddControllersWithViews();
builder.Services.AddDirectUploads(options =>
{
    options.Bucket = "production-uploads";
    options.Buckets["archive"] = new() { Name = "production-archive" };
    options.PublicEndpoint = new Uri("https://files.example.com");
    options.CheckStorageOnStart = true;
    options.AddProfile("avatar", avatar =>
    {
        avatar.ContentTypes.Add("image/*");
        avatar.RequireAttachment = true;
    });
    options.AddProfile("notes", notes => notes.ContentTypes.Add("text/plain"));
    options.AddProfile("report", report =>
    {
        report.ContentTypes.Add("text/plain");
        report.Bucket = "archive";
    });
})
    .AddProcessor<LineCount>("report")
    .UseEntityFrameworkCore(database => database.UseSqlite(
        builder.Configuration["Database"] ?? "Data Source=/proc/none/uploads.db"))
    .AddSqsEvents("http://127.0.0.1:9/000000000000/events")
    .AddWorker();

var app = builder.Build();
app.MapControllers();
app.MapDirectUploads("/uploads").AllowAnonymous();
app.Run();
