using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance.Cases;

internal static class Cancelling
{
    public static async Task A_verb_that_was_cancelled_beforehand_says_so_and_does_nothing(Bench bench)
    {
        var cancelled = new CancellationToken(canceled: true);
        var stored = await bench.AddAsync(Sample.Owned("ada") with { DueAt = Sample.Start, RetireAt = Sample.Start });
        var store = bench.Store;
        (string Verb, Func<Task> Call)[] verbs =
        [
            ("add", () => store.AddAsync(Sample.Record(), cancelled).AsTask()),
            ("find", () => store.FindAsync(stored.Id, cancelled).AsTask()),
            ("update", () => store.TryUpdateAsync(stored with { Attempts = 1 }, cancelled).AsTask()),
            ("claim", () => store.ClaimDueAsync(Sample.Start, Sample.Start.AddHours(1), 1, cancelled).AsTask()),
            ("claim of notifications", () => store.ClaimNotificationsAsync(Sample.Start, Sample.Start.AddHours(1), 1, cancelled).AsTask()),
            ("save of notifications", () => store.TrySaveNotificationsAsync(new(stored, Sample.Start, Sample.Start), [], null, cancelled).AsTask()),
            ("list of an owner", () => store.ListByOwnerAsync("ada", 1, null, cancelled).AsTask()),
            ("count", () => store.CountPendingAsync("photos", "ada", Sample.Start, cancelled).AsTask()),
            ("count of what was created", () => store.CountCreatedAsync("ada", Sample.Start, 1, cancelled).AsTask()),
            ("sum of held bytes", () => store.SumHeldBytesAsync("photos", "ada", Sample.Start, cancelled).AsTask()),
            ("measure of what is due", () => store.MeasureDueAsync(Sample.Start, 1, cancelled).AsTask()),
            ("list of everything", () => store.ListAllAsync(cancelled).ToListAsync(CancellationToken.None).AsTask()),
            ("delete", () => store.DeleteAsync(stored.Id, cancelled).AsTask()),
            ("retire", () => store.RetireAsync(Sample.Start, 1, cancelled).AsTask()),
        ];

        foreach (var (verb, call) in verbs)
        {
            var thrown = await Record.ExceptionAsync(call);
            Check.That(thrown is OperationCanceledException, $"A {verb} that was cancelled must say so: {thrown?.GetType().Name ?? "nothing"} came.");
        }

        Check.Same([stored], await bench.ListAllAsync(), "what is stored after cancelled verbs");
    }
}
