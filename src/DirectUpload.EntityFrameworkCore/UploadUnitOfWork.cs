using DirectUpload.EntityFrameworkCore.Attachments;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Attaches uploads in the unit of work of the application's context, and queries them.</summary>
/// <remarks>
/// <c>db.Uploads()</c> returns the instance. The calls take effect with the next <c>SaveChanges</c> of the context, in its transaction: if
/// it is rolled back, nothing is attached or detached. Like the context, an instance is not safe for concurrent use.
/// </remarks>
/// <example>
/// <code>
/// db.Uploads().Attach(scan, readToken, new UploadAssociation("invoice", "42", "scan"), profile: "scan");
/// await db.SaveChangesAsync();
/// </code>
/// </example>
public sealed class UploadUnitOfWork
{
    private readonly DbContext _context;

    internal UploadUnitOfWork(DbContext context) => _context = context;

    /// <summary>Gets the uploads for LINQ queries, such as those of an administration page.</summary>
    /// <value>A query without tracking, to which the query filters of the application do not apply.</value>
    public IQueryable<StoredUpload> Query => _context.Set<StoredUpload>().AsNoTracking().IgnoreQueryFilters();

    internal List<RequestedAttachment> Attachments { get; } = [];

    internal List<UploadId> Detachments { get; } = [];

    internal Dictionary<UploadId, UploadAccess> Authorizations { get; } = [];

    internal SaveState? State { get; set; }

    internal bool HasRequests => Attachments.Count > 0 || Detachments.Count > 0;

    /// <summary>Attaches an upload to an entity with the next <c>SaveChanges</c>.</summary>
    /// <remarks>
    /// The rules are those of <see cref="IDirectUploadService.AttachAsync"/>. If they refuse, <c>SaveChanges</c> throws
    /// <see cref="UploadAttachmentException"/> and saves nothing.
    /// </remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with at least the right to read: the signed-in owner, or a token.</param>
    /// <param name="association">The entity, and what the upload is to it.</param>
    /// <param name="profile">The name of the profile under which the upload must have been requested.</param>
    /// <exception cref="ArgumentNullException"><paramref name="association"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="profile"/> is null or empty.</exception>
    public void Attach(UploadId id, UploadAccess access, UploadAssociation association, string profile)
    {
        ArgumentNullException.ThrowIfNull(association);
        ArgumentException.ThrowIfNullOrEmpty(profile);
        Attachments.Add(new(id, access, association, profile));
    }

    /// <summary>Detaches an upload from its entity with the next <c>SaveChanges</c>.</summary>
    /// <remarks>The upload is deleted after <see cref="UploadProfile.UnattachedRetention"/>, if the profile has one.</remarks>
    /// <param name="id">The id of the upload; one that is not attached stays unchanged.</param>
    public void Detach(UploadId id) => Detachments.Add(id);

    /// <summary>Authorizes the entities of this unit of work to refer to an upload, for properties without <c>OwnedBy</c>.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with at least the right to read: the signed-in owner, or a token.</param>
    public void Authorize(UploadId id, UploadAccess access) => Authorizations[id] = access;

    /// <summary>Discards the calls whose <c>SaveChanges</c> has not succeeded.</summary>
    public void Clear()
    {
        Attachments.Clear();
        Detachments.Clear();
        Authorizations.Clear();
    }
}
