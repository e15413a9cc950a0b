using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles PutObject.</summary>
internal static class PutObject
{
    public static async Task HandleAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        var condition = WriteCondition.Read(call.Request);
        var attributes = ObjectAttributesReader.Read(call.Request);
        var body = RequestBody.CreateForObject(call.Request, call.Caller);

        await using var draft = bucket.CreateBlob();
        var summary = await body.CopyToAsync(draft.Stream, call.RequestAborted);
        var stored = await bucket.CommitAsync(draft, CreateStoredObject(call.Key, draft, summary, attributes, call.Now()), condition);
        call.PublishEvent(EventName.Put, stored);

        call.Response.Headers.ETag = $"\"{stored.ETag}\"";
        ObjectHeaders.WriteUploadResult(call.Response.Headers, stored);
        call.WriteExpirationHeader(stored);
        call.SetStatus(200);
    }

    public static StoredObject CreateStoredObject(
        string key, PendingBlob draft, BodyDigests body, ObjectAttributes attributes, DateTimeOffset now) => new()
        {
            Key = key,
            Parts = [new() { Number = 1, Blob = draft.Name, Size = body.Length, ETag = body.ETag, LastModified = now }],
            Size = body.Length,
            ETag = body.ETag,
            LastModified = now,
            Attributes = attributes,
            Checksum = body.Checksum,
        };
}
