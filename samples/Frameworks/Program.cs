using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using DirectUpload;
using Microsoft.Extensions.FileProviders;
using QuickStart;
using UppyDashboard;

var builder = WebApplication.CreateBuilder(args);

// Builds the pages with npm, unless they are up to date or the setting "Pages" names the folder of a build.
var pages = builder.Configuration["Pages"] ?? await VitePage.BuildAsync(Path.Combine(builder.Environment.ContentRootPath, "web"));

builder.Services.AddDirectUploads(options => options.AddProfile("picture", picture =>
{
    picture.ContentTypes.Add("image/*");
    picture.MaxSize = 5_000_000;        // bytes
    picture.Inline = true;              // browsers show the image instead of downloading it
    picture.RequireAttachment = true;   // a picture that no profile refers to is deleted
}))
.UseLocalS3()
.UseInMemoryStore()
.AddWorker();
builder.Services.AddVisitorAuthentication();
builder.Services.AddValidation();

var app = builder.Build();
app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(pages) });
app.UseAuthentication();
app.UseAuthorization();

app.MapDirectUploads("/uploads").RequireAuthorization();

// The form sends the id of an upload. The application attaches it, if it is a ready picture of this visitor.
app.MapPost("/profile", async (ProfileForm form, ClaimsPrincipal user, IDirectUploadService uploads, CancellationToken cancellation) =>
{
    var owner = user.FindFirstValue(ClaimTypes.NameIdentifier)!;
    var attached = await uploads.AttachAsync(
        form.PictureId, UploadAccess.Owner(owner), new("user", owner, "picture"), profile: "picture", replace: true, cancellation);
    return attached.Succeeded
        ? Results.Ok(new { form.Name, PictureUrl = $"/uploads/{form.PictureId}/content" })
        : Results.Problem(attached.Error.Message, statusCode: StatusCodes.Status400BadRequest);
}).RequireAuthorization();

app.Run();

internal sealed record ProfileForm([property: Required] string Name, UploadId PictureId);
