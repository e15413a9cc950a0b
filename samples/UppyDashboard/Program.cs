using Microsoft.Extensions.FileProviders;
using QuickStart;
using UppyDashboard;

var builder = WebApplication.CreateBuilder(args);

// Uppy's page is a package of npm's own: built here, unless it is there already.
var page = await VitePage.BuildAsync(Path.Combine(builder.Environment.ContentRootPath, "web"));

builder.Services.AddS3(builder.Configuration);
builder.Services.AddDirectUploads().UseInMemoryStore().AddWorker();
builder.Services.AddVisitors();

var app = builder.Build();
app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(page) });
app.UseAuthentication();
app.UseAuthorization();

app.MapDirectUploads("/files", o => o.Profiles.Add("file")).RequireAuthorization();
app.MapUppyUploads("/uppy", "file").RequireAuthorization();
app.MapRecords("/records");

app.Run();
