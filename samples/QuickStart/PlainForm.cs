using System.Security.Claims;
using System.Text.Encodings.Web;
using DirectUpload;
using DirectUpload.AspNetCore.Forms;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace QuickStart;

/// <summary>An upload without a line of script: the form goes to S3, S3 sends the browser back, and the upload is confirmed on the way.</summary>
internal static class PlainForm
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
        <h1>Without script</h1>
        <p>This form goes straight to S3, which sends the browser back here.</p>
        CONTENT
        <p><a href="/">Back to the page with script</a></p>
        </main>
        </body>
        </html>
        """;

    private const string LookAgain = "<meta http-equiv=\"refresh\" content=\"1\">";

    public static void MapPlainForm(this IEndpointRouteBuilder endpoints, string pattern) =>
        endpoints.MapGet(pattern, async (HttpContext context, string? upload, IUploadRecordStore store) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            var shown = UploadId.TryParse(upload, out var id)
                ? Outcome(await store.FindAsync(id, context.RequestAborted), context.User.FindFirstValue(ClaimTypes.NameIdentifier)!)
                : Form(await context.RequestUploadFormAsync(new UploadRequest { Profile = "document", FileName = "notes.txt", ContentType = "text/plain", Size = null }, returnTo: pattern));
            return Results.Content(Page.Replace("CONTENT", shown, StringComparison.Ordinal), "text/html; charset=utf-8");
        }).RequireAuthorization();

    private static string Form(UploadResult<UploadForm> form) => form.Succeeded
        ? $"""
           <form action="{Encoded(form.Value.Action)}" method="post" enctype="multipart/form-data">
           {form.Value.HiddenFields}
           <label>A text file, up to 50 MB <input type="file" name="file" accept=".txt,text/plain" required></label>
           <button class="button">Upload</button>
           </form>
           """
        : $"<p role=\"alert\">{Encoded(form.Error.Detail)}</p>";

    private static string Outcome(UploadRecord? record, string visitor)
    {
        if (record?.Owner != visitor)
            return "<p role=\"alert\">There is no such upload.</p>";
        var words = $"<p role=\"status\" data-testid=\"outcome\">The file is <strong>{record.Status.ToString().ToLowerInvariant()}</strong>. {Encoded(record.Error?.Detail)}</p>";
        var content = record.Status == UploadStatus.Ready ? $"<p><a href=\"/uploads/{record.Id}/content\">Read it</a></p>" : string.Empty;
        return (record.Status is UploadStatus.Uploaded or UploadStatus.Processing ? LookAgain : string.Empty) + words + content + "<p><a href=\"form\">Another file</a></p>";
    }

    private static string Encoded(string? text) => HtmlEncoder.Default.Encode(text ?? string.Empty);
}
