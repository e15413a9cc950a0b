using System.Security.Claims;
using DirectUpload.Records;
using DirectUpload.Uploads;

namespace QuickStart;

/// <summary>The visitor's records, as the page's table shows them.</summary>
internal static class Records
{
    private const int Shown = 50;

    public static void MapRecords(this IEndpointRouteBuilder endpoints, string pattern) =>
        endpoints.MapGet(pattern, async (ClaimsPrincipal visitor, IUploadRecordStore store, CancellationToken cancellationToken) =>
            (await store.ListByOwnerAsync(visitor.FindFirstValue(ClaimTypes.NameIdentifier), Shown, cancellationToken: cancellationToken)).Select(Row))
            .RequireAuthorization();

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
        // The visitor's cookie opens it: content takes a read token or the host's own authorisation.
        ContentUrl = record.Status == UploadStatus.Ready ? $"/uploads/{record.Id}/content" : null,
    };
}
