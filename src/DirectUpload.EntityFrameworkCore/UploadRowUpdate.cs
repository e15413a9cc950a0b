using Microsoft.EntityFrameworkCore.Query;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>What an update writes: all that may change.</summary>
internal static class UploadRowUpdate
{
    public static void Set(UpdateSettersBuilder<UploadRow> set, UploadRow row)
    {
        SetAll(set, row);
        // What the dispatcher has stored stays, unless there is more to notify.
        if (row.NotifyAt is not null)
            set.SetProperty(it => it.NotifyAt, row.NotifyAt);
    }

    private static void SetAll(UpdateSettersBuilder<UploadRow> set, UploadRow row) => set
        .SetProperty(it => it.Version, row.Version)
        .SetProperty(it => it.Status, row.Status)
        .SetProperty(it => it.FileName, row.FileName)
        .SetProperty(it => it.ContentType, row.ContentType)
        .SetProperty(it => it.PendingSize, row.PendingSize)
        .SetProperty(it => it.HeldSize, row.HeldSize)
        .SetProperty(it => it.QuotaEndsAt, row.QuotaEndsAt)
        .SetProperty(it => it.Size, row.Size)
        .SetProperty(it => it.ChecksumSha256, row.ChecksumSha256)
        .SetProperty(it => it.Bucket, row.Bucket)
        .SetProperty(it => it.StagingKey, row.StagingKey)
        .SetProperty(it => it.FinalKey, row.FinalKey)
        .SetProperty(it => it.ETag, row.ETag)
        .SetProperty(it => it.VersionId, row.VersionId)
        .SetProperty(it => it.SizeIsOpen, row.SizeIsOpen)
        .SetProperty(it => it.PartSize, row.PartSize)
        .SetProperty(it => it.MultipartId, row.MultipartId)
        .SetProperty(it => it.PartChecksums, row.PartChecksums)
        .SetProperty(it => it.AssociationType, row.AssociationType)
        .SetProperty(it => it.AssociationId, row.AssociationId)
        .SetProperty(it => it.WriteTokenHash, row.WriteTokenHash)
        .SetProperty(it => it.ReadTokenHash, row.ReadTokenHash)
        .SetProperty(it => it.ReadTokenExpiresAt, row.ReadTokenExpiresAt)
        .SetProperty(it => it.WriteTokenExpiresAt, row.WriteTokenExpiresAt)
        .SetProperty(it => it.RequiredProcessors, row.RequiredProcessors)
        .SetProperty(it => it.Metadata, row.Metadata)
        .SetProperty(it => it.Findings, row.Findings)
        .SetProperty(it => it.Derivatives, row.Derivatives)
        .SetProperty(it => it.Actor, row.Actor)
        .SetProperty(it => it.RemoteAddress, row.RemoteAddress)
        .SetProperty(it => it.UserAgent, row.UserAgent)
        .SetProperty(it => it.Transitions, row.Transitions)
        .SetProperty(it => it.UpdatedAt, row.UpdatedAt)
        .SetProperty(it => it.GrantExpiresAt, row.GrantExpiresAt)
        .SetProperty(it => it.DueAt, row.DueAt)
        .SetProperty(it => it.RetireAt, row.RetireAt)
        .SetProperty(it => it.Attempts, row.Attempts)
        .SetProperty(it => it.Failures, row.Failures)
        .SetProperty(it => it.Fault, row.Fault)
        .SetProperty(it => it.ErrorCode, row.ErrorCode)
        .SetProperty(it => it.ErrorDetail, row.ErrorDetail);
}
