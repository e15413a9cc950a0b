using System.Runtime.CompilerServices;
using System.Text;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records.Proof;

internal sealed class Times_to_the_millisecond(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with { CreatedAt = Cut(record.CreatedAt), DueAt = record.DueAt is { } due ? Cut(due) : null };

    private static DateTimeOffset Cut(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
}

internal sealed class Times_to_the_microsecond(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) =>
        record with { UpdatedAt = record.UpdatedAt.AddTicks(-(record.UpdatedAt.Ticks % TimeSpan.TicksPerMicrosecond)) };
}

internal sealed class Times_in_a_zone_of_its_own(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with { CreatedAt = record.CreatedAt.Year > 9000 ? record.CreatedAt : record.CreatedAt.ToOffset(TimeSpan.FromHours(1)) };
}

internal sealed class Times_without_their_zone(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with
    {
        DueAt = record.DueAt is { } due ? new DateTimeOffset(due.DateTime, TimeSpan.Zero) : null,
        RetireAt = record.RetireAt is { } retire ? new DateTimeOffset(retire.DateTime, TimeSpan.Zero) : null,
    };
}

internal sealed class Due_times_to_the_second(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Claimed(UploadRecord record, DateTimeOffset until) =>
        base.Claimed(record, until.AddTicks(-(until.Ticks % TimeSpan.TicksPerSecond)));
}

internal sealed class Empty_text_becomes_null(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with { ETag = record.ETag is "" ? null : record.ETag };
}

internal sealed class Null_becomes_empty_text(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with { Audit = record.Audit with { UserAgent = record.Audit.UserAgent ?? "" } };
}

internal sealed class Texts_without_the_spaces_behind(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with { FileName = record.FileName.TrimEnd(' ') };
}

internal sealed class Texts_of_255_characters(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) =>
        record with { Error = record.Error is { Detail.Length: > 255 } error ? error with { Detail = error.Detail[..255] } : record.Error };
}

internal sealed class Texts_of_three_bytes_a_character(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with
    {
        FileName = string.Concat(record.FileName.EnumerateRunes().Select(rune => rune.IsBmp ? rune : Rune.ReplacementChar)),
    };
}

internal sealed class Metadata_names_in_one_case(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) =>
        record with { Metadata = record.Metadata.DistinctBy(entry => entry.Key.ToUpperInvariant()).ToDictionary() };
}

internal sealed class Findings_and_metadata_swapped_when_changed(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Changed(UploadRecord stored, UploadRecord changed) =>
        changed with { Metadata = changed.Findings, Findings = changed.Metadata };
}

internal sealed class Sizes_in_doubles(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) =>
        record with { Size = record.Size is { } size ? (long)(double)size : null };
}

internal sealed class Derivatives_forgotten(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with { Derivatives = [] };
}

internal sealed class Transitions_cut_at_a_hundred(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) =>
        record with { Audit = record.Audit with { Transitions = [.. record.Audit.Transitions.Take(100)] } };
}

internal sealed class Update_forgets_a_column(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Changed(UploadRecord stored, UploadRecord changed) => changed with { VersionId = stored.VersionId };
}

internal sealed class Update_clears_nothing(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Changed(UploadRecord stored, UploadRecord changed) => changed with { DueAt = changed.DueAt ?? stored.DueAt, Error = changed.Error ?? stored.Error };
}

internal sealed class Update_never_moves_the_final_key(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Changed(UploadRecord stored, UploadRecord changed) => changed with { FinalKey = stored.FinalKey };
}

internal sealed class Keys_without_folders_between(Rows rows) : SoundStore(rows)
{
    protected override UploadRecord Kept(UploadRecord record) => record with { StagingKey = record.StagingKey.Split('/')[0] + "/" + record.StagingKey.Split('/')[^1] };
}

internal sealed class Owner_s_list_without_metadata(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListByOwnerAsync(
        string? owner, int limit, UploadId? before = null, CancellationToken cancellationToken = default) =>
        [.. (await base.ListByOwnerAsync(owner, limit, before, cancellationToken)).Select(record => record with { Metadata = new Dictionary<string, string>() })];
}

internal sealed class Listing_without_findings(Rows rows) : SoundStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var record in base.ListAllAsync(cancellationToken))
            yield return record with { Findings = new Dictionary<string, string>() };
    }
}

internal sealed class Claim_returns_no_error(Rows rows) : SoundStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ClaimDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        [.. (await base.ClaimDueAsync(now, until, limit, cancellationToken)).Select(record => record with { Error = null })];
}
