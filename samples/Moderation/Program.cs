using Microsoft.EntityFrameworkCore;
using ModerationSample;

const string ContentSecurityPolicy =
    "script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

var builder = WebApplication.CreateBuilder(args);
var moderation = builder.Configuration.GetSection("Moderation");

// Visitors upload pictures. Each waits until a moderator decides; before, only moderators can see it.
builder.Services.AddDirectUploads(o => o.AddProfile("picture", picture =>
    {
        picture.ContentTypes.Add("image/*");
        picture.MaxSize = 20 * 1024 * 1024;
        picture.Inline = true;
        // Made before the decision: moderators and visitors see copies of limited size, without EXIF and GPS.
        picture.AddImageVariants(images => images.Add("small", 400).Add("picture", 1200));
        picture.AddProcessor<ModerationProcessor>(ModerationProcessor.Name);
    }))
    .UseLocalS3()
    .UseEntityFrameworkCore(o => o.UseSqlite(builder.Configuration.GetConnectionString("Uploads")))
    .AddWorker();

builder.Services.Configure<ModerationOptions>(moderation);
builder.Services.AddSampleSignIn();
builder.Services.AddRazorPages(); // each form has an antiforgery token

var app = builder.Build();

// Among others: no other site can show a page in a frame, where a moderator would click without knowing it.
app.Use((context, next) =>
{
    context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
    return next(context);
});
app.UseStaticFiles();
app.UseAuthentication();
app.UseAuthorization();

app.MapRazorPages();
app.MapDirectUploads("/uploads").RequireAuthorization();

// A service outside may decide as well, with signed calls, if a secret is configured.
if (moderation["Secret"] is { Length: > 0 } secret)
    app.MapUploadDecisions("/decisions/moderation", ModerationProcessor.Name, secret);

app.Run();
