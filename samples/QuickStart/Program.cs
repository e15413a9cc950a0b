using DirectUpload.Processing;
using Microsoft.EntityFrameworkCore;
using QuickStart;
using VirusScan;

var builder = WebApplication.CreateBuilder(args);

// Where the files go: LocalS3, a strict S3 of its own on http://127.0.0.1:5081, or a real bucket (see README.md).
builder.Services.AddS3(builder.Configuration);

// Documents are scanned for viruses where a clamd is told of: ClamAv__Host=127.0.0.1.
var clamAv = builder.Configuration.GetSection("ClamAv");
builder.Services.AddClamAv(clamAv);

// Profiles and bucket come from the section DirectUploads of appsettings.json; the records live in a SQLite file, beside LocalS3's files.
builder.Services.AddDirectUploads(o =>
    {
        var document = o.Profiles["document"];
        if (clamAv.Exists())
            document.ProcessWith<VirusScanner>();
        document.ProcessWith<FailOnPurpose>().ProcessWith<CountLines>();
    })
    .UseEntityFrameworkCore(o => o.UseSqlite(builder.Configuration.GetConnectionString("Uploads")))
    .AddWorker();

// Whether storage, records and worker are as they should be: http://127.0.0.1:5080/health.
builder.Services.AddHealthChecks().AddDirectUploads();

// Who uploads: here every browser is a visitor of its own, known by a cookie. Your application has its own users.
builder.Services.AddVisitors();

var app = builder.Build();
// Before the files: the page itself brings the visitor's cookie, so that its first requests, side by side, are of one visitor.
app.UseAuthentication();
app.UseDefaultFiles();
app.UseStaticFiles();
app.UseAuthorization();

// What the page offers, and nothing else; what Uppy uploads has a mapping of its own.
app.MapDirectUploads("/uploads", o => o.Profiles.UnionWith(["avatar", "document"])).RequireAuthorization();
app.MapDirectUploads("/files", o => o.Profiles.Add("file")).RequireAuthorization();
app.MapUppyUploads("/uppy", "file").RequireAuthorization();
app.MapHealthChecks("/health");
app.MapRecords("/records");
app.MapPlainForm("/form");

app.Run();
