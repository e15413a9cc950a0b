namespace DirectUpload.Operations;

/// <summary>
/// Groups the operations that the application calls: to attach, to erase, to store content, and to end, retry or change uploads.
/// </summary>
internal sealed record ApplicationOperations(
    UploadAttacher Attacher, OwnerEraser Eraser, ContentStorer Storer, UploadOperations Endings, DecisionRecorder Decisions);
