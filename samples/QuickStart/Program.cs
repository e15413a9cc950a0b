using Microsoft.EntityFrameworkCore;
using QuickStart;
using VirusScan;

var builder = WebApplication.CreateBuilder(args);
// The scripts of the packages, also if this runs outside Development.
builder.WebHost.UseStaticWebAssets();

// Storage is LocalS3, a strict S3 server on http://127.0.0.1:5081, or a real bucket (see README.md).
builder.Services.AddS3Client(builder.Configuration);

// Documents are scanned for viruses if clamd is configured: ClamAv__Host=127.0.0.1.
var clamAv = builder.Configuration.GetSection("ClamAv");
builder.Services.AddClamAv(clamAv);

// The section DirectUploads of appsettings.json defines the profiles and the bucket; a SQLite file stores the records.
builder.Services.AddDirectUploads(o =>
    {
        var document = o.Profiles["document"];
        if (clamAv.Exists())
            document.AddProcessor<VirusScanner>();
        document.AddProcessor<FailingProcessor>().AddProcessor<LineCountProcessor>();
    })
    .UseEntityFrameworkCore(o => o.UseSqlite(builder.Configuration.GetConnectionString("Uploads")))
    .AddWorker();

// Reports whether storage, record store and worker are available: http://127.0.0.1:5080/health.
builder.Services.AddHealthChecks().AddDirectUploads();

// Here a cookie identifies every browser as a separate visitor. Your application has its own users.
builder.Services.AddVisitorAuthentication();

var app = builder.Build();
// Before the static files: the page sets the visitor's cookie, so that its first concurrent requests belong to one visitor.
app.UseAuthentication();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseAuthorization();

app.MapDirectUploads("/uploads").RequireAuthorization();
// Endpoints can be limited to some profiles: these serve the files of the Uppy page only.
app.MapDirectUploads("/files", o => o.Profiles.Add("file")).RequireAuthorization();
app.MapUppyUploads("/uppy", "file").RequireAuthorization();
app.MapHealthChecks("/health");
app.MapUploadList("/records");
app.MapHtmlForm("/form");

app.Run();
