using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Cancellation
{
    public static async Task Canceled_tokens_throw_and_change_nothing(CaseContext context)
    {
        var canceled = new CancellationToken(canceled: true);
        var stored = await context.AddAsync(
            SampleRecords.CreateOwned("ada") with { NextActionAt = SampleRecords.Start, PurgeAt = SampleRecords.Start });
        var store = context.Store;
        (string Method, Func<Task> Call)[] calls =
        [
            (nameof(store.AddAsync), () => store.AddAsync(SampleRecords.Create(), canceled).AsTask()),
            (nameof(store.FindAsync), () => store.FindAsync(stored.Id, canceled).AsTask()),
            (nameof(store.TryUpdateAsync), () => store.TryUpdateAsync(stored with { Attempts = 1 }, canceled).AsTask()),
            (nameof(store.LeaseDueAsync),
                () => store.LeaseDueAsync(SampleRecords.Start, SampleRecords.Start.AddHours(1), 1, canceled).AsTask()),
            (nameof(store.LeaseNotificationsAsync),
                () => store.LeaseNotificationsAsync(SampleRecords.Start, SampleRecords.Start.AddHours(1), 1, canceled).AsTask()),
            (nameof(store.TrySaveCheckpointsAsync),
                () => store.TrySaveCheckpointsAsync(new(
                    stored, SampleRecords.Start, SampleRecords.Start), new Dictionary<string, DateTimeOffset>(), null, canceled).AsTask()),
            ($"{nameof(store.ListAsync)} of an owner", () => store.ListAsync(UploadFilter.ForOwner("ada"), 1, canceled).AsTask()),
            ($"{nameof(store.ListAsync)} of an association",
                () => store.ListAsync(UploadFilter.ForAssociation("user", "42"), 1, canceled).AsTask()),
            ($"{nameof(store.GetUsageAsync)} of pending uploads",
                () => store.CountPendingAsync("photos", "ada", SampleRecords.Start, canceled).AsTask()),
            ($"{nameof(store.GetUsageAsync)} of created uploads",
                () => store.CountCreatedAsync("ada", SampleRecords.Start, 1, canceled).AsTask()),
            ($"{nameof(store.GetUsageAsync)} of stored bytes",
                () => store.GetStoredBytesAsync("photos", "ada", SampleRecords.Start, canceled).AsTask()),
            (nameof(store.GetBacklogAsync), () => store.GetBacklogAsync(SampleRecords.Start, 1, canceled).AsTask()),
            (nameof(store.ListAllAsync),
                () => store.ListAllAsync(cancellationToken: canceled).ToListAsync(CancellationToken.None).AsTask()),
            ($"{nameof(store.ListAllAsync)} with a filter",
                () => store.ListAllAsync(UploadFilter.ForAll() with { Status = UploadStatus.Ready }, canceled)
                    .ToListAsync(CancellationToken.None).AsTask()),
            (nameof(store.DeleteAsync), () => store.DeleteAsync(stored.Id, canceled).AsTask()),
            (nameof(store.PurgeExpiredAsync), () => store.PurgeExpiredAsync(SampleRecords.Start, 1, canceled).AsTask()),
        ];

        foreach (var (method, call) in calls)
        {
            var thrown = await Record.ExceptionAsync(call);
            ContractAssert.That(
                thrown is OperationCanceledException,
                $"{method} must throw OperationCanceledException for a canceled token, but threw {thrown?.GetType().Name ?? "nothing"}.");
        }

        ContractAssert.Same([stored], await context.ListAllAsync(), "the records after the canceled calls");
    }
}
