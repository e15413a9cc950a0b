using System.Security.Claims;
using BlazorSample;
using BlazorSample.Client;
using BlazorSample.Components;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddInteractiveWebAssemblyComponents();

// The section DirectUploads of appsettings.json defines the profiles "file" and "photo".
builder.Services.AddDirectUploads()
    .UseLocalS3()
    .UseEntityFrameworkCore(o => o.UseSqlite(builder.Configuration.GetConnectionString("Uploads")))
    .AddWorker();

// Here a cookie identifies every browser as a separate visitor. Your application has its own users.
builder.Services.AddVisitorAuthentication();

builder.Services.AddScoped<SubmissionService>();
builder.Services.AddScoped<ISubmissions, PageSubmissions>();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets();
app.MapDirectUploads("/uploads").RequireAuthorization();
app.MapRazorComponents<App>()
    .AddInteractiveServerRenderMode()
    .AddInteractiveWebAssemblyRenderMode()
    .AddAdditionalAssemblies(typeof(SubmissionForm).Assembly)
    .RequireAuthorization();

// The form of the WebAssembly page.
app.MapPost("/submissions", async (Submission submission, SubmissionService service, ClaimsPrincipal user) =>
    await service.SaveAsync(submission, user) is { } refusal ? Results.Text(refusal, statusCode: 422) : Results.NoContent())
    .RequireAuthorization();

app.Run();
