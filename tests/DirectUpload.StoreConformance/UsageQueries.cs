namespace DirectUpload.StoreConformance;

/// <summary>Asks a store for one of an owner's totals.</summary>
internal static class UsageQueries
{
    public static async ValueTask<(int Count, long Bytes)> CountPendingAsync(
        this IUploadRecordStore store, string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var usage = await store.GetUsageAsync(new(profile, owner, now) { Pending = true }, cancellationToken);
        return (usage.PendingUploads, usage.PendingBytes);
    }

    public static async ValueTask<long> GetStoredBytesAsync(
        this IUploadRecordStore store, string profile, string? owner, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        (await store.GetUsageAsync(new(profile, owner, now) { Stored = true }, cancellationToken)).StoredBytes;

    public static async ValueTask<int> CountCreatedAsync(
        this IUploadRecordStore store, string? owner, DateTimeOffset since, int limit, CancellationToken cancellationToken = default) =>
        (await store.GetUsageAsync(
            new("any", owner, since) { CreatedAfter = since, CreatedLimit = limit }, cancellationToken)).CreatedUploads;
}
