using System.Runtime.CompilerServices;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Owner_in_any_case(Rows rows) : SoundStore(rows)
{
    protected override bool IsOf(UploadRecord record, string? owner) => string.Equals(record.Owner, owner, StringComparison.OrdinalIgnoreCase);
}

internal sealed class Owner_in_any_composition(Rows rows) : SoundStore(rows)
{
    protected override bool IsOf(UploadRecord record, string? owner) => Composed(record.Owner) == Composed(owner);

    private static string? Composed(string? text) => text?.Replace("e\u0301", "é", StringComparison.Ordinal);
}

internal sealed class Owner_without_the_spaces_behind(Rows rows) : SoundStore(rows)
{
    protected override bool IsOf(UploadRecord record, string? owner) => record.Owner?.TrimEnd(' ') == owner?.TrimEnd(' ');
}

internal sealed class Owner_begins_so(Rows rows) : SoundStore(rows)
{
    protected override bool IsOf(UploadRecord record, string? owner) =>
        owner is null ? record.Owner is null : record.Owner?.StartsWith(owner, StringComparison.Ordinal) == true;
}

internal sealed class Nobody_is_an_owner_without_a_name(Rows rows) : SoundStore(rows)
{
    protected override bool IsOf(UploadRecord record, string? owner) => (record.Owner ?? "") == (owner ?? "");
}

internal sealed class Nobody_is_anybody(Rows rows) : SoundStore(rows)
{
    protected override bool IsOf(UploadRecord record, string? owner) => owner is null || record.Owner == owner;
}

internal sealed class Page_begins_with_the_last_one(Rows rows) : SoundStore(rows)
{
    protected override bool IsBefore(UploadRecord record, UploadId end) => record.Id <= end;
}

internal sealed class Page_begins_with_the_millisecond_before(Rows rows) : SoundStore(rows)
{
    protected override bool IsBefore(UploadRecord record, UploadId end) =>
        string.CompareOrdinal(record.Id.ToString()[..12], end.ToString()[..12]) < 0;
}

internal sealed class Page_after_what_is_not_there_is_the_first(Rows rows) : SoundStore(rows)
{
    protected override bool IsBefore(UploadRecord record, UploadId end) => !Rows.All.ContainsKey(end) || record.Id < end;
}

internal sealed class Oldest_first(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        [.. (await base.ListByOwnerAsync(owner, limit, before, cancellationToken)).Reverse()];
}

internal sealed class Owner_s_list_of_a_hundred_at_most(Rows rows) : SoundStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        base.ListByOwnerAsync(owner, Math.Min(limit, 100), before, cancellationToken);
}

internal sealed class Owner_s_list_of_a_forgotten_index(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default)
    {
        var listed = await base.ListByOwnerAsync(owner, limit, before, cancellationToken);
        lock (Rows)
            return [.. listed.Select(record => Rows.Index[record.Id])];
    }
}

internal sealed class Owner_s_list_shows_what_was_deleted(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default)
    {
        var listed = await base.ListByOwnerAsync(owner, limit, before, cancellationToken);
        lock (Rows)
            return [.. listed, .. Rows.Index.Values.Where(record => record.Owner == owner && !Rows.All.ContainsKey(record.Id))];
    }
}

internal sealed class Listing_ends_at_a_thousand(Rows rows) : SoundStore(rows)
{
    public override IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default) => base.ListAllAsync(cancellationToken).Take(1000);
}

internal sealed class Listing_pages_by_counting(Rows rows) : SoundStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
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

internal sealed class Listing_shows_the_last_of_a_page_again(Rows rows) : SoundStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listed = 0;
        await foreach (var record in base.ListAllAsync(cancellationToken))
        {
            yield return record;
            if (++listed % 500 == 0)
                yield return record;
        }
    }
}

internal sealed class Listing_cannot_be_left(Rows rows) : SoundStore(rows)
{
    private bool _listing;

    public override async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_listing)
            throw new InvalidOperationException("The connection has a reader already.");
        _listing = true;
        await foreach (var record in base.ListAllAsync(cancellationToken))
            yield return record;
        _listing = false;
    }
}

internal sealed class Listing_goes_on_when_cancelled(Rows rows) : SoundStore(rows)
{
    public override IAsyncEnumerable<UploadRecord> ListAllAsync(CancellationToken cancellationToken = default) => base.ListAllAsync(CancellationToken.None);
}

internal sealed class Listing_invents_a_record(Rows rows) : SoundStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var record in base.ListAllAsync(cancellationToken))
            yield return record;
        yield return Uploads.Some.Record();
    }
}
