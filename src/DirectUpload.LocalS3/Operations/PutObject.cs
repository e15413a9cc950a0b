using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>PutObject.</summary>
internal static class PutObject
{
    public static async Task AnswerAsync(S3Call call)
    {
        var bucket = call.Bucket;
        var condition = WriteCondition.Read(call.Request);
        var attributes = AttributeReader.Read(call.Request);
        var body = IncomingBody.OfObject(call.Request, call.Caller);

        await using var draft = bucket.NewBlob();
        var summary = await body.CopyToAsync(draft.Stream, call.Aborted);
        var stored = await bucket.CommitAsync(draft, Describe(call.Key, draft, summary, attributes, call.Now()), condition);
        call.Announce(EventName.Put, stored);

        call.Response.Headers.ETag = $"\"{stored.ETag}\"";
        ObjectHeaders.WriteReceipt(call.Response.Headers, stored);
        call.TellExpiry(stored);
        call.Answer(200);
    }

    public static StoredObject Describe(
        string key, BlobDraft draft, BodySummary body, ObjectAttributes attributes, DateTimeOffset now) => new()
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
