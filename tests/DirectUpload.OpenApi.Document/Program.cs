using Amazon.Runtime;
using Amazon.S3;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client(
    new BasicAWSCredentials("access-key", "secret-key"), new AmazonS3Config { ServiceURL = "http://127.0.0.1:1", ForcePathStyle = true }));
builder.Services.AddDirectUploads(options =>
{
    options.Bucket = "uploads";
    options.AddProfile("file", profile => profile.ContentTypes.Add("*/*"));
})
    .UseInMemoryStore();
builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
{
    (document.Info.Title, document.Info.Version) = ("DirectUpload", "1");
    document.Info.Description = "Uploads that go from the user's device straight to S3.";
    document.Servers = [];
    return Task.CompletedTask;
}));

var app = builder.Build();
app.MapOpenApi();
app.MapDirectUploads("/uploads").AllowAnonymous();
app.Run();
