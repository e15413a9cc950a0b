namespace DirectUpload.EntityFrameworkCore.Attachments;

/// <summary>Holds an upload that is attached with the next save.</summary>
internal sealed record RequestedAttachment(UploadId Id, UploadAccess Access, UploadAssociation Association, string Profile);
