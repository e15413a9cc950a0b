using DirectUpload.Lifecycle;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Decides whether an upload can be attached, and creates the events of attaching and detaching.</summary>
internal sealed class UploadAttachmentRules(
    UploadFinder finder, RecordUpdater records, ProfileCatalog profiles, NotifyingRecordStore store) : IUploadAttachmentRules
{
    private static readonly UploadError UnattachedError = new(
        UploadErrorCodes.Deleted, "The upload was not attached in time, so it is deleted. Upload the file again.");

    public UploadResult<UploadRecord> Attach(UploadRecord? record, UploadAccess access, UploadAssociation association, string profile)
    {
        Validate(association, profile);
        var found = finder.CheckRead(access, record);
        if (!found.Succeeded)
            return found.Error;
        if (FindRefusal(found.Value, association, profile) is { } refusal)
            return refusal;
        return CreateEvent(found.Value, association, replaces: false) is { } attached ? Apply(found.Value, attached) : found.Value;
    }

    public UploadRecord Detach(UploadRecord record, bool delete) => Apply(record, CreateDetached(record, delete));

    public void NotifyChanged(UploadRecord stored) => store.NotifyChanged(stored);

    /// <summary>Throws if the application passes values that no upload can have.</summary>
    public void Validate(UploadAssociation association, string profile)
    {
        ArgumentNullException.ThrowIfNull(association);
        ArgumentException.ThrowIfNullOrEmpty(profile);
        if (RequestValidator.ValidateAssociation(association) is { } malformed)
            throw new ArgumentException(malformed.Message, nameof(association));
        if (!profiles.TryGet(profile, out _))
            throw new ArgumentException($"There is no profile {DisplayText.Quote(profile)}; {profiles.Describe()}.", nameof(profile));
    }

    /// <summary>Finds the reason why an upload cannot be attached; null when it can, or is attached to this entity already.</summary>
    public UploadError? FindRefusal(UploadRecord record, UploadAssociation? association, string profile)
    {
        if (record.Profile != profile)
        {
            return new(
                UploadErrorCodes.WrongProfile,
                $"The upload was requested under the profile {DisplayText.Quote(record.Profile)}; {DisplayText.Quote(profile)} " +
                "is required.");
        }

        if (FindStatusError(record) is { } wrong)
            return wrong;
        if (record.Association is { } other && other != association && (association is null || !IsRequestedFor(record, association)))
            return new(UploadErrorCodes.AttachedElsewhere, "The upload is attached to another entity. Upload the file again.");
        return record.AttachBy <= records.Clock.GetUtcNow() ? UnattachedError : null;
    }

    /// <summary>Creates the event; null when the upload is attached to this entity already, and replaces others if it has to.</summary>
    public static UploadEvent? CreateEvent(UploadRecord record, UploadAssociation association, bool replaces) =>
        record.AttachedAt is not null && record.Association == association && (record.IsReplacing || !replaces)
            ? null
            : new UploadEvent.Attached(association, replaces);

    /// <summary>Creates the event for an upload that its entity no longer refers to.</summary>
    public UploadEvent CreateDetached(UploadRecord record, bool delete) => new UploadEvent.Detached(
        delete ? TimeSpan.Zero : profiles.TryGet(record.Profile, out var profile) ? profile.GetUnattachedRetention() : null);

    // The request named the entity, and the application adds what the upload is to it.
    private static bool IsRequestedFor(UploadRecord record, UploadAssociation? association) =>
        association is not null && record.AttachedAt is null && record.Association == association with { Kind = null };

    private UploadError? FindStatusError(UploadRecord record) => record.Status switch
    {
        UploadStatus.Ready => null,
        UploadStatus.Requested => new(
            UploadErrorCodes.NotReady, "The file was not uploaded, or not confirmed. Upload it, and submit again when it is ready."),
        UploadStatus.Uploaded or UploadStatus.Processing =>
            profiles.TryGet(record.Profile, out var profile) && profile.AttachBeforeReady
                ? null
                : new(UploadErrorCodes.NotReady, "The upload is still being processed. Submit again when it is ready."),
        UploadStatus.Rejected => new(UploadErrorCodes.Mismatch, record.Error?.Message ?? "The upload was rejected."),
        UploadStatus.Failed => new(UploadErrorCodes.ProcessingFailed, record.Error?.Message ?? "Processing failed."),
        UploadStatus.Expired => new(UploadErrorCodes.Expired, "The grant expired before a file was uploaded. Request a new upload."),
        _ when record.Error?.Code == UploadErrorCodes.Unattached => UnattachedError,
        _ => new(UploadErrorCodes.Deleted, $"The upload was {record.Status.ToLowerName()}. Upload the file again."),
    };

    private UploadRecord Apply(UploadRecord record, UploadEvent happened) =>
        UploadLifecycle.Apply(record, happened, records.Clock.GetUtcNow(), records.Policy);
}
