using Microsoft.EntityFrameworkCore.Query;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Sets the columns that an update of a record may change.</summary>
internal static class UploadRowUpdate
{
    public static void Set(UpdateSettersBuilder<UploadRow> set, UploadRow row)
    {
        SetAll(set, row);
        // The columns of the dispatcher keep their values, unless there are new notifications.
        if (row.NotifyAt is not null)
            set.SetProperty(it => it.NotifyAt, row.NotifyAt);
    }

    private static void SetAll(UpdateSettersBuilder<UploadRow> set, UploadRow row) => set
        .SetProperty(it => it.Version, row.Version)
        .SetProperty(it => it.Status, row.Status)
        .SetProperty(it => it.FileName, row.FileName)
        .SetProperty(it => it.ContentType, row.ContentType)
        .SetProperty(it => it.DeclaredContentType, row.DeclaredContentType)
        .SetProperty(it => it.AllowedContentTypes, row.AllowedContentTypes)
        .SetProperty(it => it.PendingSize, row.PendingSize)
        .SetProperty(it => it.StoredBytes, row.StoredBytes)
        .SetProperty(it => it.QuotaEndsAt, row.QuotaEndsAt)
        .SetProperty(it => it.Size, row.Size)
        .SetProperty(it => it.ChecksumSha256, row.ChecksumSha256)
        .SetProperty(it => it.ChecksumCrc64Nvme, row.ChecksumCrc64Nvme)
        .SetProperty(it => it.StoredChecksum, row.StoredChecksum)
        .SetProperty(it => it.StoredChecksumAlgorithm, row.StoredChecksumAlgorithm)
        .SetProperty(it => it.StoredChecksumType, row.StoredChecksumType)
        .SetProperty(it => it.Bucket, row.Bucket)
        .SetProperty(it => it.StagingKey, row.StagingKey)
        .SetProperty(it => it.FinalKey, row.FinalKey)
        .SetProperty(it => it.ETag, row.ETag)
        .SetProperty(it => it.VersionId, row.VersionId)
        .SetProperty(it => it.IsSizeUnknown, row.IsSizeUnknown)
        .SetProperty(it => it.PartSize, row.PartSize)
        .SetProperty(it => it.MultipartId, row.MultipartId)
        .SetProperty(it => it.PartChecksums, row.PartChecksums)
        .SetProperty(it => it.AssociationType, row.AssociationType)
        .SetProperty(it => it.AssociationId, row.AssociationId)
        .SetProperty(it => it.AssociationKind, row.AssociationKind)
        .SetProperty(it => it.AttachedAt, row.AttachedAt)
        .SetProperty(it => it.AttachBy, row.AttachBy)
        .SetProperty(it => it.IsReplacing, row.IsReplacing)
        .SetProperty(it => it.WriteTokenHash, row.WriteTokenHash)
        .SetProperty(it => it.ReadTokenHash, row.ReadTokenHash)
        .SetProperty(it => it.ReadTokenExpiresAt, row.ReadTokenExpiresAt)
        .SetProperty(it => it.WriteTokenExpiresAt, row.WriteTokenExpiresAt)
        .SetProperty(it => it.RequiredProcessors, row.RequiredProcessors)
        .SetProperty(it => it.Decisions, row.Decisions)
        .SetProperty(it => it.AwaitedProcessor, row.AwaitedProcessor)
        .SetProperty(it => it.Progress, row.Progress)
        .SetProperty(it => it.Metadata, row.Metadata)
        .SetProperty(it => it.Properties, row.Properties)
        .SetProperty(it => it.Variants, row.Variants)
        .SetProperty(it => it.Actor, row.Actor)
        .SetProperty(it => it.RemoteAddress, row.RemoteAddress)
        .SetProperty(it => it.UserAgent, row.UserAgent)
        .SetProperty(it => it.Transitions, row.Transitions)
        .SetProperty(it => it.UpdatedAt, row.UpdatedAt)
        .SetProperty(it => it.GrantExpiresAt, row.GrantExpiresAt)
        .SetProperty(it => it.NextActionAt, row.NextActionAt)
        .SetProperty(it => it.PurgeAt, row.PurgeAt)
        .SetProperty(it => it.Attempts, row.Attempts)
        .SetProperty(it => it.FailedAttempts, row.FailedAttempts)
        .SetProperty(it => it.LastError, row.LastError)
        .SetProperty(it => it.ErrorCode, row.ErrorCode)
        .SetProperty(it => it.ErrorMessage, row.ErrorMessage);
}
