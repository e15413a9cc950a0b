using System.Globalization;
using System.Security.Claims;
using DirectUpload;
using Microsoft.EntityFrameworkCore;

namespace MinimalApiJwt.Cases;

/// <summary>Maps the cases of the signed-in user and their documents.</summary>
internal static class CaseEndpoints
{
    public static void MapCases(this IEndpointRouteBuilder endpoints, string pattern)
    {
        var cases = endpoints.MapGroup(pattern).RequireAuthorization().WithTags("Cases");
        cases.MapPost("", CreateAsync).WithSummary("Create a case");
        cases.MapGet("/{id:int}/documents", ListAsync).WithSummary("List the documents of a case");
        cases.MapPut("/{id:int}/documents/{upload}", AttachAsync).WithSummary("Attach an upload to a case");
        cases.MapDelete("/{id:int}/documents/{upload}", DetachAsync).WithSummary("Remove a document from a case");
    }

    private static async Task<IResult> CreateAsync(NewCase body, ClaimsPrincipal user, CaseDbContext db)
    {
        var created = db.Cases.Add(new Case { Owner = user.GetSubject(), Title = body.Title }).Entity;
        await db.SaveChangesAsync();
        return Results.Created($"/cases/{created.Id}", new { created.Id, created.Title });
    }

    private static async Task<IResult> ListAsync(int id, ClaimsPrincipal user, CaseDbContext db, IDirectUploadService uploads)
    {
        if (await FindAsync(id, user, db) is not { } found)
            return Results.NotFound();
        var filter = UploadFilter.ForAssociation("case", GetKey(found)) with { Status = UploadStatus.Ready };
        return Results.Ok(await uploads.ListAsync(filter)
            .Select(upload => new Document(upload.Id, upload.FileName, upload.ContentType, upload.Size, $"/uploads/{upload.Id}/content"))
            .ToListAsync());
    }

    // Attaching twice has the same result. An upload of another user is not found, and one of another case is refused.
    private static async Task<IResult> AttachAsync(
        int id, UploadId upload, ClaimsPrincipal user, CaseDbContext db, IDirectUploadService uploads)
    {
        if (await FindAsync(id, user, db) is not { } found)
            return Results.NotFound();
        var attached = await uploads.AttachAsync(
            upload, UploadAccess.Owner(user.GetSubject()), new("case", GetKey(found), "document"), profile: "document");
        return attached.Succeeded ? Results.NoContent() : attached.Error.ToProblem();
    }

    private static async Task<IResult> DetachAsync(
        int id, UploadId upload, ClaimsPrincipal user, CaseDbContext db, IDirectUploadService uploads)
    {
        if (await FindAsync(id, user, db) is not { } found)
            return Results.NotFound();
        var detached = await uploads.DetachAsync(upload, new("case", GetKey(found), "document"));
        return detached.Succeeded ? Results.NoContent() : detached.Error.ToProblem();
    }

    private static Task<Case?> FindAsync(int id, ClaimsPrincipal user, CaseDbContext db) =>
        db.Cases.SingleOrDefaultAsync(it => it.Id == id && it.Owner == user.GetSubject());

    private static string GetKey(Case found) => found.Id.ToString(CultureInfo.InvariantCulture);

    internal sealed record NewCase(string Title);

    internal sealed record Document(UploadId Id, string FileName, string ContentType, long? Size, string ContentUrl);
}
