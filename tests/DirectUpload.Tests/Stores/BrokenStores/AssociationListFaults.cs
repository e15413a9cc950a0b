using DirectUpload.Stores;

namespace DirectUpload.Tests.Stores.BrokenStores;

internal sealed class AssociationComparedIgnoringCase(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKey(UploadAssociation found, UploadAssociation association) =>
        string.Equals(found.Type, association.Type, StringComparison.OrdinalIgnoreCase)
        && string.Equals(found.Id, association.Id, StringComparison.OrdinalIgnoreCase);
}

internal sealed class AssociationComparedNormalized(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKey(UploadAssociation found, UploadAssociation association) =>
        (Compose(found.Type), Compose(found.Id)) == (Compose(association.Type), Compose(association.Id));

    private static string Compose(string text) => text.Replace("e\u0301", "é", StringComparison.Ordinal);
}

internal sealed class AssociationComparedWithoutTrailingSpaces(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKey(UploadAssociation found, UploadAssociation association) =>
        (found.Type.TrimEnd(' '), found.Id.TrimEnd(' ')) == (association.Type.TrimEnd(' '), association.Id.TrimEnd(' '));
}

internal sealed class AssociationComparedByPrefixOfTheId(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKey(UploadAssociation found, UploadAssociation association) =>
        found.Type == association.Type && found.Id.StartsWith(association.Id, StringComparison.Ordinal);
}

internal sealed class AssociationJoinedByHash(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKey(UploadAssociation found, UploadAssociation association) =>
        $"{found.Type}#{found.Id}" == $"{association.Type}#{association.Id}";
}

internal sealed class AssociationJoinedByUnitSeparator(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKey(UploadAssociation found, UploadAssociation association) =>
        $"{found.Type}\u001F{found.Id}" == $"{association.Type}\u001F{association.Id}";
}

internal sealed class AssociationJoinedWithItsKind(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsAssociatedWith(UploadRecord record, UploadAssociation association) => association.Kind is null
        ? base.IsAssociatedWith(record, association)
        : record.Association is { } found && $"{found.Type}/{found.Id}/{found.Kind}"
            == $"{association.Type}/{association.Id}/{association.Kind}";
}

internal sealed class AssociationIdTruncated(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKey(UploadAssociation found, UploadAssociation association) =>
        found.Type == association.Type && found.Id[..Math.Min(found.Id.Length, 128)]
            == association.Id[..Math.Min(association.Id.Length, 128)];
}

internal sealed class AssociationTypeIgnored(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKey(UploadAssociation found, UploadAssociation association) => found.Id == association.Id;
}

internal sealed class AssociationKindIgnored(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKind(UploadAssociation found, string kind) => true;
}

internal sealed class AssociationKindComparedIgnoringCase(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKind(UploadAssociation found, string kind) =>
        string.Equals(found.Kind, kind, StringComparison.OrdinalIgnoreCase);
}

internal sealed class AssociationKindComparedByPrefix(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKind(UploadAssociation found, string kind) =>
        found.Kind?.StartsWith(kind, StringComparison.Ordinal) == true;
}

internal sealed class NullKindListsOnlyUploadsWithoutKind(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsAssociatedWith(UploadRecord record, UploadAssociation association) => record.Association == association;
}

internal sealed class NullKindMatchesEveryKind(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool HasSameKind(UploadAssociation found, string kind) => found.Kind is null || found.Kind == kind;
}

internal sealed class AssociationIndexedWhenAdded(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsAssociatedWith(UploadRecord record, UploadAssociation association) =>
        base.IsAssociatedWith(Rows.Index[record.Id], association);
}

internal sealed class AssociationIndexKeepingOldEntries(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool IsAssociatedWith(UploadRecord record, UploadAssociation association) =>
        base.IsAssociatedWith(record, association) || base.IsAssociatedWith(Rows.Index[record.Id], association);
}

internal sealed class AssociationListWithDeleted(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default)
    {
        var listed = await base.ListAsync(filter, limit, cancellationToken);
        lock (Rows)
            return filter.Association is null
                ? listed
                : [.. listed, .. Rows.Index.Values.Where(record => filter.Matches(record) && !Rows.All.ContainsKey(record.Id))];
    }
}

internal sealed class AssociationListByKind(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default)
    {
        var listed = await base.ListAsync(filter, limit, cancellationToken);
        return filter.Association is null
            ? listed
            : [.. listed.OrderByDescending(record => record.Association?.Kind, StringComparer.Ordinal)];
    }
}

internal sealed class AssociationListOfAtMostFiveHundred(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        base.ListAsync(filter, filter.Association is null ? limit : Math.Min(limit, 500), cancellationToken);
}

internal sealed class AssociationListFilteringKindAfterLimit(StoreRows rows) : ReferenceStore(rows)
{
    public override async ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default)
    {
        var anyKind = filter.Association is { } one ? filter with { Association = one with { Kind = null } } : filter;
        return [.. (await base.ListAsync(anyKind, limit, cancellationToken)).Where(filter.Matches)];
    }
}

internal sealed class AssociationListIgnoringBefore(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        base.ListAsync(filter.Association is null ? filter : filter with { Before = null }, limit, cancellationToken);
}

internal sealed class OwnerIgnoredWithAssociation(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool Matches(UploadRecord record, UploadFilter filter) => base.Matches(
        record, filter.Association is { } association
            ? UploadFilter.ForAll() with
            {
                Association = association,
                Status = filter.Status,
                CreatedFrom = filter.CreatedFrom,
                CreatedBefore = filter.CreatedBefore,
                Before = filter.Before,
            }
            : filter);
}

internal sealed class AssociationIgnoredWithOwner(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool Matches(UploadRecord record, UploadFilter filter) =>
        base.Matches(record, filter.IsByOwner ? filter with { Association = null } : filter);
}

internal sealed class NullOwnerIgnoredWithAssociation(StoreRows rows) : ReferenceStore(rows)
{
    protected override bool Matches(UploadRecord record, UploadFilter filter) =>
        filter is { IsByOwner: true, Owner: null, Association: not null }
            ? record.Association is { } found && HasSameKey(found, filter.Association)
            : base.Matches(record, filter);
}

internal sealed class AssociationListIgnoringCancellation(StoreRows rows) : ReferenceStore(rows)
{
    public override ValueTask<IReadOnlyList<UploadRecord>> ListAsync(
        UploadFilter filter, int limit, CancellationToken cancellationToken = default) =>
        base.ListAsync(filter, limit, filter.Association is null ? cancellationToken : CancellationToken.None);
}
