using DirectUpload.Stores;
using DirectUpload.TestKit.Stores;

namespace DirectUpload.Tests.Fixtures;

/// <summary>The store in memory, with code that runs between a caller's decision and its write, and lists that others change.</summary>
internal sealed class InterleavingStore() : DelegatingRecordStore(new InMemoryUploadRecordStore())
{
    /// <summary>Runs before a record is written. It runs for one write, which it removes itself from.</summary>
    public Func<UploadRecord, Task>? BeforeNextUpdate { get; set; }

    /// <summary>Changes what a list returns, or throws.</summary>
    public Func<IReadOnlyList<UploadRecord>, IReadOnlyList<UploadRecord>> ChangeList { get; set; } = static records => records;

    public override async ValueTask<UploadRecord?> TryUpdateAsync(UploadRecord changed, CancellationToken cancellationToken = default)
    {
        if (BeforeNextUpdate is { } run)
        {
            BeforeNextUpdate = null;
            await run(changed);
        }

        return await Store.TryUpdateAsync(changed, cancellationToken);
    }

    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        ChangeList(await Store.ListAsync(filter, limit, cancellationToken));
}
