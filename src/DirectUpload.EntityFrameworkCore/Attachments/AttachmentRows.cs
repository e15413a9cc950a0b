using DirectUpload.EntityFrameworkCore.Records;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Reads and writes the rows of uploads in the transaction of a save.</summary>
internal sealed class AttachmentRows(DbContext context)
{
    private const int ChunkSize = 500;

    private readonly Dictionary<UploadId, UploadRecord> _stored = [];

    /// <summary>Gets the records that are attached or detached by their ids.</summary>
    public Dictionary<UploadId, UploadRecord> Loaded { get; } = [];

    /// <summary>Gets the records that an entity was attached to and no longer refers to.</summary>
    public List<(ReferenceChange Change, UploadRecord Record)> NoLongerReferredTo { get; } = [];

    /// <summary>Gets the records that were written.</summary>
    public IReadOnlyCollection<UploadRecord> Stored => _stored.Values;

    public async ValueTask LoadAsync(
        IReadOnlyList<RequestedAttachment> attachments, IReadOnlyList<UploadId> detachments, IReadOnlyList<ReferenceChange> changes,
        bool isAsync, CancellationToken cancellationToken)
    {
        Loaded.Clear();
        NoLongerReferredTo.Clear();
        foreach (var ids in attachments.Select(it => it.Id).Concat(detachments).Distinct().Select(id => id.ToString()).Chunk(ChunkSize))
        {
            foreach (var row in await ListAsync(Rows.Where(it => ids.Contains(it.Id)), isAsync, cancellationToken).ConfigureAwait(false))
                Loaded[UploadId.Parse(row.Id)] = Read(row);
        }

        // A new entity has no uploads yet.
        foreach (var group in changes.Where(it => it.State != EntityState.Added)
            .Select(change => (Change: change, Association: change.Reference.CreateAssociation(change.Entry)))
            .GroupBy(it => (it.Association.Type, it.Association.Kind)))
        {
            foreach (var chunk in group.Chunk(ChunkSize))
                await LoadAttachedAsync(chunk, isAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Replaces the records if their versions have not changed.</summary>
    /// <returns>False when another caller has changed one of them; the others may have been written.</returns>
    public async ValueTask<bool> TryUpdateAsync(
        IReadOnlyDictionary<UploadId, UploadRecord> changed, bool isAsync, CancellationToken cancellationToken)
    {
        // In the order of the ids, so that two transactions never wait for each other's rows.
        foreach (var record in changed.Values.OrderBy(record => record.Id))
        {
            var row = (record with { Version = record.Version + 1 }).ToRow();
            var target = Rows.Where(it => it.Id == row.Id && it.Version == record.Version);
            var updated = isAsync
                ? await target.ExecuteUpdateAsync(set => UploadRowUpdate.Set(set, row), cancellationToken).ConfigureAwait(false)
                : target.ExecuteUpdate(set => UploadRowUpdate.Set(set, row));
            if (updated == 0)
                return false;
            _stored[record.Id] = record with { Version = record.Version + 1 };
        }

        return true;
    }

    private IQueryable<UploadRow> Rows => context.Set<UploadRow>().AsNoTracking().IgnoreQueryFilters();

    private async ValueTask LoadAttachedAsync(
        IReadOnlyCollection<(ReferenceChange Change, UploadAssociation Association)> changes, bool isAsync,
        CancellationToken cancellationToken)
    {
        var (_, first) = changes.First();
        var ids = changes.Select(it => it.Association.Id).ToArray();
        var query = Rows.Where(it => it.AssociationType == first.Type && ids.Contains(it.AssociationId!)
            && it.AssociationKind == first.Kind && it.AttachedAt != null);
        foreach (var row in await ListAsync(query, isAsync, cancellationToken).ConfigureAwait(false))
        {
            var record = Read(row);
            var owners = changes.Where(it => it.Association == record.Association).Select(it => it.Change).ToList();
            if (owners.Count > 0 && owners.TrueForAll(change => !change.Ids.Contains(record.Id)))
                NoLongerReferredTo.Add((owners[0], record));
        }
    }

    // The entity is not saved: nothing can be concluded about an upload that cannot be read.
    private static UploadRecord Read(UploadRow row)
    {
        try
        {
            return row.ToRecord();
        }
        catch (Exception fault)
        {
            throw UnreadableRecordException.Create(row.Id, fault);
        }
    }

    private static async ValueTask<List<UploadRow>> ListAsync(
        IQueryable<UploadRow> query, bool isAsync, CancellationToken cancellationToken) =>
        isAsync ? await query.ToListAsync(cancellationToken).ConfigureAwait(false) : [.. query];
}
