using System.Runtime.CompilerServices;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class OwnerComparedIgnoringCase(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsOwnedBy(UploadRecord record, string? owner) =>
        string.Equals(record.Owner, owner, StringComparison.OrdinalIgnoreCase);
}

internal sealed class OwnerComparedNormalized(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsOwnedBy(UploadRecord record, string? owner) => Compose(record.Owner) == Compose(owner);

    private static string? Compose(string? text) => text?.Replace("e\u0301", "é", StringComparison.Ordinal);
}

internal sealed class OwnerComparedWithoutTrailingSpaces(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsOwnedBy(UploadRecord record, string? owner) => record.Owner?.TrimEnd(' ') == owner?.TrimEnd(' ');
}

internal sealed class OwnerComparedByPrefix(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsOwnedBy(UploadRecord record, string? owner) =>
        owner is null ? record.Owner is null : record.Owner?.StartsWith(owner, StringComparison.Ordinal) == true;
}

internal sealed class NullOwnerEqualsEmptyOwner(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsOwnedBy(UploadRecord record, string? owner) => (record.Owner ?? "") == (owner ?? "");
}

internal sealed class NullOwnerMatchesAllOwners(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsOwnedBy(UploadRecord record, string? owner) => owner is null || record.Owner == owner;
}

internal sealed class PageRepeatingLastRecord(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsBefore(UploadRecord record, UploadId end) => record.Id <= end;
}

internal sealed class PageSkippingSameMillisecond(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsBefore(UploadRecord record, UploadId end) =>
        string.CompareOrdinal(record.Id.ToString()[..12], end.ToString()[..12]) < 0;
}

internal sealed class PageRestartingAfterDeletedRecord(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsBefore(UploadRecord record, UploadId end) => !Rows.All.ContainsKey(end) || record.Id < end;
}

internal sealed class OwnerListOldestFirst(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        [.. (await base.ListAsync(filter, limit, cancellationToken)).Reverse()];
}

internal sealed class OwnerListOfAtMostHundred(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        base.ListAsync(filter, Math.Min(limit, 100), cancellationToken);
}

internal sealed class OwnerListFromStaleIndex(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default)
    {
        var listed = await base.ListAsync(filter, limit, cancellationToken);
        lock (Rows)
            return [.. listed.Select(record => Rows.Index[record.Id])];
    }
}

internal sealed class OwnerListWithDeleted(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default)
    {
        var listed = await base.ListAsync(filter, limit, cancellationToken);
        lock (Rows)
            return [.. listed, .. Rows.Index.Values.Where(record => filter.Matches(record) && !Rows.All.ContainsKey(record.Id))];
    }
}

internal sealed class ListAllOfAtMostThousand(StoreRows rows) : ReferenceStore(rows)
{
    public override IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        base.ListAllAsync(filter, cancellationToken).Take(1000);
}

internal sealed class ListAllPagingByOffset(StoreRows rows) : ReferenceStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        const int pageSize = 500;
        for (var from = 0; ; from += pageSize)
        {
            await WaitAsync(cancellationToken);
            UploadRecord[] page;
            lock (Rows)
                page = [.. Rows.All.Values.OrderBy(record => record.Id).Skip(from).Take(pageSize)];
            foreach (var record in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return record;
            }

            if (page.Length < pageSize)
                yield break;
        }
    }
}

internal sealed class ListAllRepeatingPageEnds(StoreRows rows) : ReferenceStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listed = 0;
        await foreach (var record in base.ListAllAsync(filter, cancellationToken))
        {
            yield return record;
            if (++listed % 500 == 0)
                yield return record;
        }
    }
}

internal sealed class ListAllNotReentrant(StoreRows rows) : ReferenceStore(rows)
{
    private bool _isListing;

    public override async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_isListing)
            throw new InvalidOperationException("The connection has a reader already.");
        _isListing = true;
        await foreach (var record in base.ListAllAsync(filter, cancellationToken))
            yield return record;
        _isListing = false;
    }
}

internal sealed class ListAllIgnoringCancellation(StoreRows rows) : ReferenceStore(rows)
{
    public override IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        base.ListAllAsync(filter, CancellationToken.None);
}

internal sealed class ListAllAddingUnknownRecord(StoreRows rows) : ReferenceStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var record in base.ListAllAsync(filter, cancellationToken))
            yield return record;
        yield return DirectUpload.Tests.Fixtures.TestData.CreateRecord();
    }
}
