using DirectUpload.Uploads;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Between a record and its row, both ways.</summary>
internal static class UploadRowMapping
{
    public static UploadRow ToRow(this UploadRecord record) => new()
    {
        Id = record.Id.ToString(),
        Version = record.Version,
        Profile = record.Profile,
        Status = record.Status.ToString(),
        Owner = record.Owner,
        FileName = record.FileName,
        ContentType = record.ContentType,
        ClaimedSize = record.ClaimedSize,
        SizeIsOpen = record.SizeIsOpen,
        PendingSize = record.PendingBytes(),
        HeldSize = record.HeldBytes(),
        QuotaEndsAt = SortableTime.Of(record.QuotaEndsAt()),
        Size = record.Size,
        ChecksumSha256 = record.ChecksumSha256,
        Bucket = record.Bucket,
        StagingKey = record.StagingKey,
        FinalKey = record.FinalKey,
        ETag = record.ETag,
        VersionId = record.VersionId,
        PartSize = record.Parts?.Size,
        MultipartId = record.Parts?.MultipartId,
        PartChecksums = record.Parts?.Checksums == true,
        AssociationType = record.Association?.Type,
        AssociationId = record.Association?.Id,
        WriteTokenHash = record.WriteTokenHash.ToString(),
        ReadTokenHash = record.ReadTokenHash.ToString(),
        ReadTokenExpiresAt = SortableTime.Of(record.ReadTokenExpiresAt),
        WriteTokenExpiresAt = SortableTime.Of(record.WriteTokenExpiresAt),
        RequiredProcessors = RowJson.OfNames(record.RequiredProcessors),
        Metadata = RowJson.Of(record.Metadata),
        Findings = RowJson.Of(record.Findings),
        Derivatives = RowJson.Of(record.Derivatives),
        Told = RowJson.Of(record.Told),
        NotifyAt = SortableTime.Of(record.NotifyAt),
        Actor = record.Audit.Actor,
        RemoteAddress = record.Audit.RemoteAddress,
        UserAgent = record.Audit.UserAgent,
        Transitions = RowJson.Of(record.Audit.Transitions),
        CreatedAt = SortableTime.Of(record.CreatedAt),
        UpdatedAt = SortableTime.Of(record.UpdatedAt),
        GrantExpiresAt = SortableTime.Of(record.GrantExpiresAt),
        DueAt = SortableTime.Of(record.DueAt),
        RetireAt = SortableTime.Of(record.RetireAt),
        Attempts = record.Attempts,
        Failures = record.Failures,
        Fault = record.Fault,
        ErrorCode = record.Error?.Code,
        ErrorDetail = record.Error?.Detail,
    };

    public static UploadRecord ToRecord(this UploadRow row) => new()
    {
        Id = UploadId.Parse(row.Id),
        Version = row.Version,
        Profile = row.Profile,
        Status = StatusOf(row.Status),
        Owner = row.Owner,
        FileName = row.FileName,
        ContentType = row.ContentType,
        ClaimedSize = row.ClaimedSize,
        SizeIsOpen = row.SizeIsOpen,
        Size = row.Size,
        ChecksumSha256 = row.ChecksumSha256,
        Bucket = row.Bucket,
        StagingKey = row.StagingKey,
        FinalKey = row.FinalKey,
        ETag = row.ETag,
        VersionId = row.VersionId,
        Parts = row.PartSize is { } size ? new UploadParts(size, row.MultipartId, row.PartChecksums) : null,
        Association = row.AssociationType is null ? null : new UploadAssociation(row.AssociationType, row.AssociationId!),
        WriteTokenHash = UploadTokenHash.Parse(row.WriteTokenHash),
        ReadTokenHash = UploadTokenHash.Parse(row.ReadTokenHash),
        ReadTokenExpiresAt = SortableTime.ParseOrNull(row.ReadTokenExpiresAt),
        WriteTokenExpiresAt = SortableTime.ParseOrNull(row.WriteTokenExpiresAt),
        RequiredProcessors = RowJson.ToNames(row.RequiredProcessors),
        Metadata = RowJson.ToTexts(row.Metadata),
        Findings = RowJson.ToTexts(row.Findings),
        Derivatives = RowJson.ToDerivatives(row.Derivatives),
        Told = RowJson.ToTold(row.Told),
        Audit = new UploadAudit
        {
            Actor = row.Actor,
            RemoteAddress = row.RemoteAddress,
            UserAgent = row.UserAgent,
            Transitions = RowJson.ToTransitions(row.Transitions),
        },
        CreatedAt = SortableTime.Parse(row.CreatedAt),
        UpdatedAt = SortableTime.Parse(row.UpdatedAt),
        GrantExpiresAt = SortableTime.Parse(row.GrantExpiresAt),
        DueAt = SortableTime.ParseOrNull(row.DueAt),
        RetireAt = SortableTime.ParseOrNull(row.RetireAt),
        Attempts = row.Attempts,
        Failures = row.Failures,
        Fault = row.Fault,
        Error = row.ErrorCode is null ? null : new UploadFailure(row.ErrorCode, row.ErrorDetail!),
    };

    // Numbers and lists of names, which an enum's own parser takes, are not what was written.
    private static UploadStatus StatusOf(string text) => Enum.TryParse<UploadStatus>(text, out var status) && status.ToString() == text
        ? status
        : throw new FormatException($"The status \"{text}\" is not known.");
}
