using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Attaches and detaches the uploads of one save, in its transaction.</summary>
/// <remarks>
/// The plan runs after the entities were written, when their keys are known and their rows are locked. So of two transactions that replace
/// the upload of one entity, the later one sees what the earlier one attached, and detaches it.
/// </remarks>
internal sealed class AttachmentPlan(
    DbContext context, UploadUnitOfWork unit, IReadOnlyList<ReferenceChange> changes, IUploadAttachmentRules rules)
{
    /// <summary>Specifies how often a plan is repeated because another caller has changed a record meanwhile.</summary>
    private const int MaxAttempts = 20;

    private readonly AttachmentRows _rows = new(context);

    public bool IsEmpty => changes.Count == 0 && !unit.HasRequests;

    /// <summary>Gets whether entities with uploads are saved, and not only requested attachments.</summary>
    public bool HasEntities => changes.Count > 0;

    /// <summary>Gets the records that were changed, as they were stored.</summary>
    public IReadOnlyCollection<UploadRecord> Changed => _rows.Stored;

    /// <summary>Checks whether the uploads can be attached, before the entities are written.</summary>
    /// <exception cref="UploadAttachmentException">An upload cannot be attached.</exception>
    public async ValueTask CheckAsync(bool isAsync, CancellationToken cancellationToken)
    {
        await _rows.LoadAsync(GetAttachments(), unit.Detachments, changes, isAsync, cancellationToken).ConfigureAwait(false);
        Decide();
    }

    /// <summary>Attaches and detaches.</summary>
    /// <exception cref="UploadAttachmentException">An upload cannot be attached.</exception>
    public async ValueTask ApplyAsync(bool isAsync, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            await _rows.LoadAsync(GetAttachments(), unit.Detachments, changes, isAsync, cancellationToken).ConfigureAwait(false);
            if (await _rows.TryUpdateAsync(Decide(), isAsync, cancellationToken).ConfigureAwait(false))
                return;
        }

        throw new DbUpdateConcurrencyException(
            "Other callers kept changing the uploads of the entities that were to be saved; nothing was saved. Save again.");
    }

    private IReadOnlyList<RequestedAttachment> GetAttachments() =>
        [.. changes.SelectMany(change => change.Added.Select(id => CreateAttachment(change, id))), .. unit.Attachments];

    private RequestedAttachment CreateAttachment(ReferenceChange change, UploadId id)
    {
        var (entry, reference) = (change.Entry, change.Reference);
        var access = unit.Authorizations.TryGetValue(id, out var authorized) ? authorized
            : reference.OwnerProperty is null ? throw new InvalidOperationException(
                $"{entry.Metadata.DisplayName()}.{reference.Property.Name} refers to upload {id}, and nothing proves whose it is. Call "
                + $"OwnedBy() after HasUpload() in the model, or db.Uploads().Authorize(id, access) before SaveChanges().")
            : reference.GetOwner(entry) is { Length: > 0 } owner ? UploadAccess.Owner(owner)
            : default;
        return new(id, access, reference.CreateAssociation(entry), reference.Profile);
    }

    private Dictionary<UploadId, UploadRecord> Decide()
    {
        var attachments = GetAttachments();
        var attached = attachments.Select(it => it.Id).ToHashSet();
        var changed = new Dictionary<UploadId, UploadRecord>();
        foreach (var id in unit.Detachments)
        {
            if (_rows.Loaded.GetValueOrDefault(id) is { Association: not null } record)
                changed[id] = rules.Detach(record, delete: false);
        }

        foreach (var (change, record) in _rows.NoLongerReferredTo)
        {
            // One that is attached to another entity in the same save only moves.
            var isKept = change.State == EntityState.Deleted || attached.Contains(record.Id);
            changed[record.Id] = rules.Detach(record, delete: !isKept);
        }

        foreach (var it in attachments)
        {
            var record = changed.GetValueOrDefault(it.Id) ?? _rows.Loaded.GetValueOrDefault(it.Id);
            var result = rules.Attach(record, it.Access, it.Association, it.Profile);
            if (!result.Succeeded)
                throw new UploadAttachmentException(it.Id, result.Error);
            if (!ReferenceEquals(result.Value, record))
                changed[it.Id] = result.Value;
        }

        return changed;
    }
}
