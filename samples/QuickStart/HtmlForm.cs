using System.Security.Claims;
using System.Text.Encodings.Web;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.Stores;

namespace QuickStart;

/// <summary>Uploads a file by an HTML form without JavaScript; S3 redirects the browser to the application.</summary>
internal static class HtmlForm
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>DirectUpload QuickStart: without script</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/app.css">
        <body>
        <main class="plain">
        <h1>Upload without JavaScript</h1>
        <p>The browser sends this form straight to S3, which redirects it back to this page.</p>
        CONTENT
        <p><a href="/">Back to the page with JavaScript</a></p>
        </main>
        </body>
        </html>
        """;

    private const string RefreshTag = "<meta http-equiv=\"refresh\" content=\"1\">";

    public static void MapHtmlForm(this IEndpointRouteBuilder endpoints, string pattern) =>
        endpoints.MapGet(pattern, async (HttpContext context, string? upload, IUploadRecordStore store) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            var shown = UploadId.TryParse(upload, out var id)
                ? RenderOutcome(await store.FindAsync(id, context.RequestAborted), context.User.FindFirstValue(ClaimTypes.NameIdentifier)!)
                : RenderForm(await context.RequestUploadFormAsync(
                    new UploadRequest { Profile = "document", FileName = "notes.txt", ContentType = "text/plain", Size = null },
                    returnTo: pattern));
            return Results.Content(Page.Replace("CONTENT", shown, StringComparison.Ordinal), "text/html; charset=utf-8");
        }).RequireAuthorization();

    private static string RenderForm(UploadResult<UploadForm> form) => form.Succeeded
        ? $"""
           <form action="{Encode(form.Value.Action)}" method="post" enctype="multipart/form-data">
           {form.Value.HiddenFields}
           <label>A text file, up to 50 MB <input type="file" name="file" accept=".txt,text/plain" required></label>
           <button class="button">Upload</button>
           </form>
           """
        : $"<p role=\"alert\">{Encode(form.Error.Message)}</p>";

    private static string RenderOutcome(UploadRecord? record, string visitor)
    {
        if (record?.Owner != visitor)
            return "<p role=\"alert\">This upload does not exist.</p>";
        var words =
            $"<p role=\"status\" data-testid=\"outcome\">The file is <strong>{record.Status.ToString().ToLowerInvariant()}</strong>. " +
            $"{Encode(record.Error?.Message)}</p>";
        var content = record.Status == UploadStatus.Ready
            ? $"<p><a href=\"/uploads/{record.Id}/content\">Open the file</a></p>"
            : string.Empty;
        return (record.Status is UploadStatus.Uploaded or UploadStatus.Processing ? RefreshTag : string.Empty) + words + content +
            "<p><a href=\"form\">Upload another file</a></p>";
    }

    private static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? string.Empty);
}
