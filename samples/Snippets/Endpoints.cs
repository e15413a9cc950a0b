using System.Security.Claims;
using DirectUpload;
using DirectUpload.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Snippets;

/// <summary>Requests uploads in the application's own endpoints.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/invoices/{invoice}/scan", async (
            string invoice, ScanRequest scan, ClaimsPrincipal user, IDirectUploadService uploads) =>
        {
            var request = new UploadRequest
            {
                Profile = "invoice",
                FileName = scan.FileName,
                ContentType = scan.ContentType,
                Size = scan.Size,
                Association = new UploadAssociation("invoice", invoice),
            };
            // The application has checked that the invoice belongs to the user.
            var caller = new UploadCaller { Owner = user.FindFirstValue(ClaimTypes.NameIdentifier), MayAssociate = true };

            var result = await uploads.RequestAsync(request, caller);

            return result.TryGetValue(out var grant)
                ? Results.Ok(new { Id = grant.Upload.Id, grant.Instructions.Url, grant.Instructions.Headers })
                : Results.BadRequest(new { result.Error.Code, result.Error.Message });
        });

        app.MapPost("/scans/{id}/confirm", async (UploadId id, ClaimsPrincipal user, IDirectUploadService uploads) =>
        {
            var result = await uploads.ConfirmAsync(id, UploadAccess.Owner(user.FindFirstValue(ClaimTypes.NameIdentifier)!));

            return result.Succeeded ? Results.Ok(result.Value.Status) : Results.BadRequest(new { result.Error.Code, result.Error.Message });
        });
    }

    public static async Task<UploadForm?> FormAsync(HttpContext context)
    {
        var request = new UploadRequest { Profile = "invoice", FileName = "invoice.pdf", ContentType = "application/pdf", Size = null };
        var form = await context.RequestUploadFormAsync(request, returnTo: "/invoices");
        return form.Value;
    }
}

public sealed record ScanRequest(string FileName, string ContentType, long Size);
