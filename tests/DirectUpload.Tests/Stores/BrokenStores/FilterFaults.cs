using System.Runtime.CompilerServices;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class StatusIgnored(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool Matches(UploadRecord record, UploadFilter filter) => base.Matches(record, filter with { Status = null });
}

internal sealed class AwaitedProcessorIgnored(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool Matches(UploadRecord record, UploadFilter filter) =>
        base.Matches(record, filter with { AwaitedProcessor = null });
}

internal sealed class AwaitedProcessorOfEveryDecision(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool Matches(UploadRecord record, UploadFilter filter) =>
        base.Matches(record, filter with { AwaitedProcessor = null })
        && (filter.AwaitedProcessor is null || record.Decisions.Any(decision => decision.Processor == filter.AwaitedProcessor));
}

internal sealed class StatusIndexedWhenAdded(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool Matches(UploadRecord record, UploadFilter filter) =>
        base.Matches(record with { Status = Rows.Index[record.Id].Status }, filter);
}

internal sealed class StatusFilteredAfterLimit(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        [.. (await base.ListAsync(filter with { Status = null }, limit, cancellationToken)).Where(filter.Matches)];
}

internal sealed class StatusFilteredInHundreds(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        filter.Status is null
            ? await base.ListAsync(filter, limit, cancellationToken)
            : [.. (await base.ListAsync(filter with { Status = null }, 100, cancellationToken)).Where(filter.Matches).Take(limit)];
}

internal sealed class CreatedFromExclusive(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsCreatedFrom(UploadRecord record, DateTimeOffset from) => record.CreatedAt > from;
}

internal sealed class CreatedBeforeInclusive(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsCreatedBefore(UploadRecord record, DateTimeOffset until) => record.CreatedAt <= until;
}

internal sealed class CreatedFromInMicroseconds(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsCreatedFrom(UploadRecord record, DateTimeOffset from) =>
        record.CreatedAt.UtcTicks / TimeSpan.TicksPerMicrosecond >= from.UtcTicks / TimeSpan.TicksPerMicrosecond;
}

internal sealed class CreatedFromComparedWithTheId(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsCreatedFrom(UploadRecord record, DateTimeOffset from) =>
        base.IsCreatedFrom(record, from)
        && (from < DateTimeOffset.UnixEpoch
            || string.CompareOrdinal(record.Id.ToString()[..12], UploadId.Create(from).ToString()[..12]) >= 0);
}

internal sealed class CreatedBeforeIgnored(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsCreatedBefore(UploadRecord record, DateTimeOffset until) => true;
}

internal sealed class CreatedTimesWithoutOffset(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsCreatedFrom(UploadRecord record, DateTimeOffset from) => record.CreatedAt.DateTime >= from.DateTime;

    protected override bool IsCreatedBefore(UploadRecord record, DateTimeOffset until) => record.CreatedAt.DateTime < until.DateTime;
}

internal sealed class CreatedFromBeforeEpochThrowing(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsCreatedFrom(UploadRecord record, DateTimeOffset from) =>
        UploadId.Create(from - TimeSpan.FromMinutes(15)) != default && base.IsCreatedFrom(record, from);
}

internal sealed class EmptyRangeThrowing(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        filter is { CreatedFrom: { } from, Before: { } before } && from.ToUnixTimeMilliseconds() > 0 && UploadId.Create(from) > before
            ? throw new ArgumentException("The range is empty.")
            : base.ListAsync(filter, limit, cancellationToken);
}

internal sealed class ListAllIgnoringFilter(StoreRows rows) : ReferenceStore(rows)
{
    public override IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) => base.ListAllAsync(null, cancellationToken);
}

internal sealed class ListAllWithFilterEmptyWithoutConditions(StoreRows rows) : ReferenceStore(rows)
{
    public override IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        filter == UploadFilter.ForAll() ? AsyncEnumerable.Empty<UploadRecord>() : base.ListAllAsync(filter, cancellationToken);
}

internal sealed class ListAllWithFilterOfAtMostFiveHundred(StoreRows rows) : ReferenceStore(rows)
{
    public override IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        filter is null ? base.ListAllAsync(null, cancellationToken) : base.ListAllAsync(filter, cancellationToken).Take(500);
}

internal sealed class ListAllWithFilterPagingByOffset(StoreRows rows) : ReferenceStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (filter is null)
        {
            await foreach (var record in base.ListAllAsync(null, cancellationToken))
                yield return record;
            yield break;
        }

        const int pageSize = 500;
        for (var from = 0; ; from += pageSize)
        {
            await WaitAsync(cancellationToken);
            UploadRecord[] page;
            lock (Rows)
                page = [.. Rows.All.Values.Where(record => Matches(record, filter)).OrderBy(record => record.Id).Skip(from).Take(pageSize)];
            foreach (var record in page)
                yield return record;
            if (page.Length < pageSize)
                yield break;
        }
    }
}

internal sealed class ListAllWithFilterIgnoringCancellation(StoreRows rows) : ReferenceStore(rows)
{
    public override IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, CancellationToken cancellationToken = default) =>
        base.ListAllAsync(filter, filter is null ? cancellationToken : CancellationToken.None);
}

internal sealed class ListAllIgnoringOwner(StoreRows rows) : ReferenceStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var record in base.ListAllAsync(null, cancellationToken))
        {
            if (filter is null || base.Matches(record with { Owner = filter.Owner }, filter))
                yield return record;
        }
    }
}
