using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Describes an entity that is saved with other uploads than before.</summary>
/// <param name="Entry">The entity.</param>
/// <param name="Reference">The property.</param>
/// <param name="Ids">The uploads that the entity refers to afterwards.</param>
/// <param name="Added">Those of them that it did not refer to before.</param>
/// <param name="State">Whether the entity is added, modified or deleted. The state of the entry changes during the save.</param>
internal sealed record ReferenceChange(
    EntityEntry Entry, UploadReference Reference, IReadOnlyList<UploadId> Ids, IReadOnlyList<UploadId> Added, EntityState State)
{
    /// <summary>Finds the changes in a context.</summary>
    public static async ValueTask<List<ReferenceChange>> FindAllAsync(DbContext context, bool isAsync, CancellationToken cancellationToken)
    {
        var changes = new List<ReferenceChange>();
        foreach (var entry in context.ChangeTracker.Entries().ToList())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
                continue;
            foreach (var reference in UploadReference.GetAll(entry.Metadata))
            {
                if (await FindAsync(entry, reference, isAsync, cancellationToken).ConfigureAwait(false) is { } change)
                    changes.Add(change);
            }
        }

        return changes;
    }

    private static async ValueTask<ReferenceChange?> FindAsync(
        EntityEntry entry, UploadReference reference, bool isAsync, CancellationToken cancellationToken)
    {
        var property = entry.Property(reference.Property.Name);
        var ids = UploadReference.GetIds(property.CurrentValue);
        switch (entry.State)
        {
            case EntityState.Added:
                return ids.Count > 0 ? new(entry, reference, ids, ids, entry.State) : null;
            case EntityState.Deleted:
                return new(entry, reference, [], [], entry.State);
            case EntityState.Modified when property.IsModified:
                var before = UploadReference.GetIds(property.OriginalValue);
                // Update() marks every property, also of an entity whose original values are not known.
                if (before.SequenceEqual(ids) && ids.Count > 0)
                    before = await ReadStoredIdsAsync(entry, reference, isAsync, cancellationToken).ConfigureAwait(false);
                return new(entry, reference, ids, [.. ids.Except(before)], entry.State);
            default:
                return null;
        }
    }

    // An upload that the entity refers to already may have been deleted since; that must not prevent the entity from being saved.
    private static async ValueTask<IReadOnlyList<UploadId>> ReadStoredIdsAsync(
        EntityEntry entry, UploadReference reference, bool isAsync, CancellationToken cancellationToken)
    {
        var stored = isAsync
            ? await entry.GetDatabaseValuesAsync(cancellationToken).ConfigureAwait(false)
            : entry.GetDatabaseValues();
        return UploadReference.GetIds(stored?[reference.Property]);
    }
}
