using Microsoft.EntityFrameworkCore;
using MinimalApiJwt;
using MinimalApiJwt.Cases;
using MinimalApiJwt.Tokens;
using Scalar.AspNetCore;

var builder = WebApplication.CreateBuilder(args);

// Tokens of your identity provider (Jwt:Authority and Jwt:Audience), or of a local issuer for development.
builder.AddJwtAuthentication();
builder.Services.AddDbContext<CaseDbContext>(o => o.UseSqlite(builder.Configuration.GetConnectionString("Database")));

// The section DirectUploads of appsettings.json defines the profile "document".
builder.Services.AddDirectUploads()
    .UseConfiguredS3(builder.Configuration.GetSection("S3"))
    .UseEntityFrameworkCore<CaseDbContext>()
    .AddAuthorizer<ScopeAuthorizer>() // who may request uploads, whichever endpoint is called
    .AddWorker();

builder.Services.AddOpenApi(o => o.AddDocumentTransformer<ApiDescription>());

var app = builder.Build();
await app.CreateDatabaseAsync();

app.UseAuthentication();
app.UseAuthorization();

app.MapUploadUrl("/upload-url");
app.MapDirectUploads("/uploads").RequireAuthorization(); // confirm, status, content, delete
app.MapCases("/cases");
app.MapLocalIssuer("/token");

app.MapOpenApi();
// The page and its script come from this application; it loads nothing from another server.
app.MapScalarApiReference("/scalar", o =>
{
    o.ShowDeveloperTools = DeveloperToolsVisibility.Never;
    o.WithTitle("Cases and their documents").DisableDefaultFonts().DisableAgent().DisableTelemetry();
});

app.Run();
