using Microsoft.Extensions.FileProviders;
using QuickStart;
using UppyDashboard;

var builder = WebApplication.CreateBuilder(args);

// Builds the npm package of Uppy's page, unless it is up to date.
var page = await VitePage.BuildAsync(Path.Combine(builder.Environment.ContentRootPath, "web"));

builder.Services.AddS3Client(builder.Configuration);
builder.Services.AddDirectUploads().UseInMemoryStore().AddWorker();
builder.Services.AddVisitorAuthentication();

var app = builder.Build();
app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(page) });
app.UseAuthentication();
app.UseAuthorization();

app.MapDirectUploads("/files", o => o.Profiles.Add("file")).RequireAuthorization();
app.MapUppyUploads("/uppy", "file").RequireAuthorization();
app.MapUploadList("/records");

app.Run();
