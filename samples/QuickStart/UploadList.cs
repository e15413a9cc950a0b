using System.Security.Claims;
using DirectUpload;

namespace QuickStart;

/// <summary>Returns the visitor's records for the table of the page.</summary>
internal static class UploadList
{
    private const int MaxShown = 50;

    public static void MapUploadList(this IEndpointRouteBuilder endpoints, string pattern)
    {
        var records = endpoints.MapGroup(pattern).RequireAuthorization();
        records.MapGet("", async (ClaimsPrincipal visitor, IDirectUploadService uploads, CancellationToken cancellationToken) =>
            await uploads.ListAsync(UploadFilter.ForOwner(GetOwner(visitor)), cancellationToken).Take(MaxShown).Select(RenderRow)
                .ToListAsync(cancellationToken));

        // The owner may have a failed upload processed again; your application may reserve this for operators.
        records.MapPost(
            "/{id}/retry",
            async (UploadId id, ClaimsPrincipal visitor, IDirectUploadService uploads, CancellationToken cancellationToken) =>
            {
                if (!(await uploads.GetAsync(id, UploadAccess.Owner(GetOwner(visitor)), cancellationToken)).Succeeded)
                    return Results.NotFound();
                var retried = await uploads.RetryAsync(id, cancellationToken);
                return retried.Succeeded
                    ? Results.Ok(RenderRow(retried.Value))
                    : Results.Problem(retried.Error.Message, statusCode: StatusCodes.Status409Conflict);
            });
    }

    private static string GetOwner(ClaimsPrincipal visitor) => visitor.FindFirstValue(ClaimTypes.NameIdentifier)!;

    private static object RenderRow(Upload record) => new
    {
        Id = record.Id.ToString(),
        record.Profile,
        record.FileName,
        record.ContentType,
        Size = record.Size ?? record.DeclaredSize,
        Status = record.Status.ToString().ToLowerInvariant(),
        CreatedAt = record.CreatedAt.UtcDateTime,
        UpdatedAt = record.UpdatedAt.UtcDateTime,
        record.Bucket,
        Key = record.Status == UploadStatus.Ready ? record.Key : record.StagingKey,
        Error = record.Error is { } error ? new { error.Code, Detail = error.Message } : null,
        record.Properties,
        record.Attempts,
        // The exception message of the last attempt, for developers. Do not show it to your users.
        record.LastError,
        // The visitor's cookie authorizes it: the content endpoint accepts a read token or the host's own authorization.
        ContentUrl = record.Status == UploadStatus.Ready
            ? $"/{(record.Profile == "file" ? "files" : "uploads")}/{record.Id}/content"
            : null,
    };
}
