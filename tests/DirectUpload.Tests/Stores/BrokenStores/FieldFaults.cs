using System.Runtime.CompilerServices;
using System.Text;
using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class TimesTruncatedToMilliseconds(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { CreatedAt = Truncate(record.CreatedAt), NextActionAt = record.NextActionAt is { } due ? Truncate(due) : null };

    private static DateTimeOffset Truncate(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
}

internal sealed class TimesTruncatedToMicroseconds(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { UpdatedAt = record.UpdatedAt.AddTicks(-(record.UpdatedAt.Ticks % TimeSpan.TicksPerMicrosecond)) };
}

internal sealed class TimesInOwnOffset(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { CreatedAt = record.CreatedAt.Year > 9000 ? record.CreatedAt : record.CreatedAt.ToOffset(TimeSpan.FromHours(1)) };
}

internal sealed class TimesWithoutOffset(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with
    {
        NextActionAt = record.NextActionAt is { } due ? new DateTimeOffset(due.DateTime, TimeSpan.Zero) : null,
        PurgeAt = record.PurgeAt is { } retire ? new DateTimeOffset(retire.DateTime, TimeSpan.Zero) : null,
    };
}

internal sealed class LeaseEndTruncatedToSeconds(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord WithLease(UploadRecord record, DateTimeOffset until) =>
        base.WithLease(record, until.AddTicks(-(until.Ticks % TimeSpan.TicksPerSecond)));
}

internal sealed class EmptyTextStoredAsNull(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with { ETag = record.ETag is "" ? null : record.ETag };
}

internal sealed class NullStoredAsEmptyText(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with { UserAgent = record.UserAgent ?? "" };
}

internal sealed class TextsWithoutTrailingSpaces(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with { FileName = record.FileName.TrimEnd(' ') };
}

internal sealed class TextsTruncatedTo255Characters(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with
        {
            Error = record.Error is { Message.Length: > 255 } error ? error with { Message = error.Message[..255] } : record.Error,
        };
}

internal sealed class TextsLimitedToBmp(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with
    {
        FileName = string.Concat(record.FileName.EnumerateRunes().Select(rune => rune.IsBmp ? rune : Rune.ReplacementChar)),
    };
}

internal sealed class MetadataNamesCaseInsensitive(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { Metadata = record.Metadata.DistinctBy(entry => entry.Key.ToUpperInvariant()).ToDictionary() };
}

internal sealed class UpdateSwappingPropertiesAndMetadata(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) =>
        changed with { Metadata = changed.Properties, Properties = changed.Metadata };
}

internal sealed class SizesInDoubles(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { Size = record.Size is { } size ? (long)(double)size : null };
}

internal sealed class VariantsNotStored(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with { Variants = [] };
}

internal sealed class TransitionsTruncatedToHundred(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { Transitions = [.. record.Transitions.Take(100)] };
}

internal sealed class UpdateIgnoringAColumn(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) => changed with { VersionId = stored.VersionId };
}

internal sealed class UpdateNeverClearing(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) =>
        changed with { NextActionAt = changed.NextActionAt ?? stored.NextActionAt, Error = changed.Error ?? stored.Error };
}

internal sealed class UpdateKeepingFinalKey(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) => changed with { FinalKey = stored.FinalKey };
}

internal sealed class KeysWithoutIntermediateFolders(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { StagingKey = record.StagingKey.Split('/')[0] + "/" + record.StagingKey.Split('/')[^1] };
}

internal sealed class AssociationKindNotStored(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { Association = record.Association is { } association ? association with { Kind = null } : null };
}

internal sealed class AssociationKindStoredAsEmptyText(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) =>
        record with { Association = record.Association is { } association ? association with { Kind = association.Kind ?? "" } : null };
}

internal sealed class AttachedAtNotStored(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with { AttachedAt = null };
}

internal sealed class AttachByTruncatedToSeconds(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with
    {
        AttachBy = record.AttachBy is { } by ? by.AddTicks(-(by.Ticks % TimeSpan.TicksPerSecond)) : null,
    };
}

internal sealed class AttachByNeverCleared(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) =>
        changed with { AttachBy = changed.AttachBy ?? stored.AttachBy };
}

internal sealed class IsReplacingNotStored(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord ToStored(UploadRecord record) => record with { IsReplacing = false };
}

internal sealed class IsReplacingNeverCleared(StoreRows rows) : ReferenceStore(rows)
{
    protected override UploadRecord GetUpdated(UploadRecord stored, UploadRecord changed) =>
        changed with { IsReplacing = changed.IsReplacing || stored.IsReplacing };
}

internal sealed class AssociationListWithoutMetadata(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        [.. (await base.ListAsync(filter, limit, cancellationToken)).Select(
            record => filter.Association is null ? record : record with { Metadata = new Dictionary<string, string>() })];
}

internal sealed class OwnerListWithoutMetadata(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        [.. (await base.ListAsync(filter, limit, cancellationToken))
            .Select(record => record with { Metadata = new Dictionary<string, string>() })];
}

internal sealed class ListAllWithoutProperties(StoreRows rows) : ReferenceStore(rows)
{
    public override async IAsyncEnumerable<UploadRecord> ListAllAsync(
        UploadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var record in base.ListAllAsync(filter, cancellationToken))
            yield return record with { Properties = new Dictionary<string, string>() };
    }
}

internal sealed class LeaseReturningNoError(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> LeaseDueAsync(
        DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken = default) =>
        [.. (await base.LeaseDueAsync(now, until, limit, cancellationToken)).Select(record => record with { Error = null })];
}
