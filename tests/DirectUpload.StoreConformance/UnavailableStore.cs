using System.Diagnostics;
using DirectUpload.StoreConformance.Samples;

namespace DirectUpload.StoreConformance;

/// <summary>
/// What a store must do while its engine is stopped, cut off, locked, full or hung: every verb throws <see cref="RecordStoreUnavailableException"/>, within 30 seconds. How an engine is stopped, only the tests
/// of its store know.
/// </summary>
public static class UnavailableStore
{
    /// <summary>How long a verb may take; the contract's 30 seconds, and some more for a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Holds every verb to it.</summary>
    /// <param name="store">A store whose engine is stopped.</param>
    /// <param name="known">A record that it holds.</param>
    /// <param name="readsWork">Whether reads work nevertheless, as where a disk is full or another process writes.</param>
    /// <param name="retiresByItself">Whether the database removes what has retired, so that no request is made for it.</param>
    public static async Task HoldAsync(IUploadRecordStore store, UploadRecord known, bool readsWork = false, bool retiresByItself = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(known);
        (string Verb, bool Writes, Func<Task> Call)[] verbs =
        [
            ("add", true, () => store.AddAsync(Sample.Record()).AsTask()),
            ("find", false, () => store.FindAsync(known.Id).AsTask()),
            ("update", true, () => store.TryUpdateAsync(known with { Attempts = 7, FileName = new string('n', 200) }).AsTask()),
            ("claim", true, () => store.ClaimDueAsync(Sample.Start.AddDays(1), Sample.Start.AddDays(2), 10).AsTask()),
            ("claim of notifications", true, () => store.ClaimNotificationsAsync(Sample.Start.AddDays(1), Sample.Start.AddDays(2), 10).AsTask()),
            ("save of notifications", true, () => store.TrySaveNotificationsAsync(new(known, Sample.Start, Sample.Start), [], null).AsTask()),
            ("list of an owner", false, () => store.ListByOwnerAsync("ada", 10).AsTask()),
            ("count", false, () => store.CountPendingAsync("photos", "ada", Sample.Start).AsTask()),
            ("count of what was created", false, () => store.CountCreatedAsync("ada", Sample.Start, 10).AsTask()),
            ("sum of held bytes", false, () => store.SumHeldBytesAsync("photos", "ada", Sample.Start).AsTask()),
            ("measure of what is due", false, () => store.MeasureDueAsync(Sample.Start, 10).AsTask()),
            ("list of everything", false, async () => await store.ListAllAsync().CountAsync()),
            ("delete", true, () => store.DeleteAsync(known.Id).AsTask()),
            ("retire", true, () => store.RetireAsync(Sample.Start, 10).AsTask()),
        ];
        // At once, as requests come; one after the other, a hung engine would take minutes.
        await Task.WhenAll(verbs.Where(verb => (verb.Writes || !readsWork) && (verb.Verb != "retire" || !retiresByItself)).Select(verb => Task.Run(async () =>
        {
            var since = Stopwatch.StartNew();
            var thrown = await Record.ExceptionAsync(() => verb.Call().WaitAsync(Patience));
            Check.That(
                thrown is RecordStoreUnavailableException,
                $"A {verb.Verb} while the engine is stopped must throw RecordStoreUnavailableException; after {since.Elapsed.TotalSeconds:0.0} s came {thrown?.ToString() ?? "nothing"}.");
        })));
    }
}
