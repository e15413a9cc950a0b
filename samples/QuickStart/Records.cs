using System.Security.Claims;
using DirectUpload;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace QuickStart;

/// <summary>The visitor's records, as the page's table shows them.</summary>
internal static class Records
{
    private const int Shown = 50;

    public static void MapRecords(this IEndpointRouteBuilder endpoints, string pattern)
    {
        var records = endpoints.MapGroup(pattern).RequireAuthorization();
        records.MapGet("", async (ClaimsPrincipal visitor, IUploadRecordStore store, CancellationToken cancellationToken) =>
            (await store.ListByOwnerAsync(Owner(visitor), Shown, cancellationToken: cancellationToken)).Select(Row));

        // A failed upload is processed again when its owner asks for it; in your application perhaps only when an operator does.
        records.MapPost("/{id}/retry", async (UploadId id, ClaimsPrincipal visitor, IUploadRecordStore store, DirectUploadService uploads, CancellationToken cancellationToken) =>
        {
            if ((await store.FindAsync(id, cancellationToken))?.Owner != Owner(visitor))
                return Results.NotFound();
            var retried = await uploads.RetryAsHostAsync(id, cancellationToken);
            return retried.Succeeded ? Results.Ok(Row(retried.Value)) : Results.Problem(retried.Error.Detail, statusCode: StatusCodes.Status409Conflict);
        });
    }

    private static string Owner(ClaimsPrincipal visitor) => visitor.FindFirstValue(ClaimTypes.NameIdentifier)!;

    private static object Row(UploadRecord record) => new
    {
        Id = record.Id.ToString(),
        record.Profile,
        record.FileName,
        record.ContentType,
        Size = record.Size ?? record.ClaimedSize,
        Status = record.Status.ToString().ToLowerInvariant(),
        CreatedAt = record.CreatedAt.UtcDateTime,
        UpdatedAt = record.UpdatedAt.UtcDateTime,
        record.Bucket,
        Key = record.Status == UploadStatus.Ready ? record.FinalKey : record.StagingKey,
        record.Error,
        record.Findings,
        record.Attempts,
        // Why the last attempt ended, in the words of whoever threw: for you, not for your users.
        record.Fault,
        NextTryAt = record.Status == UploadStatus.Uploaded && record.Failures > 0 ? record.DueAt?.UtcDateTime : null,
        // The visitor's cookie opens it: content takes a read token or the host's own authorisation.
        ContentUrl = record.Status == UploadStatus.Ready ? $"/{(record.Profile == "file" ? "files" : "uploads")}/{record.Id}/content" : null,
    };
}
