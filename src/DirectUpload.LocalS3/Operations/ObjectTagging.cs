using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Puts (all at once), gets and deletes an object's tags, without a new write of the object.</summary>
internal static class ObjectTagging
{
    public static async Task PutAsync(S3OperationContext call)
    {
        var tags = TagSet.ParseDocument(await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted));
        call.PublishEvent(EventName.TagsPut, call.Bucket.UpdateObject(call.Key, call.VersionId, stored => WithTags(stored, tags)));
        call.SetStatus(200);
    }

    public static Task GetAsync(S3OperationContext call)
    {
        var stored = call.Bucket.Get(call.Key, call.VersionId);
        return S3Xml.WriteAsync(call.Response, TagSet.Write(stored.Attributes.Tags), call.RequestAborted);
    }

    public static Task DeleteAsync(S3OperationContext call)
    {
        call.PublishEvent(
            EventName.TagsDeleted,
            call.Bucket.UpdateObject(call.Key, call.VersionId, stored => WithTags(stored, new Dictionary<string, string>())));
        call.SetStatus(204);
        return Task.CompletedTask;
    }

    private static StoredObject WithTags(StoredObject stored, IReadOnlyDictionary<string, string> tags) =>
        stored with { Attributes = stored.Attributes with { Tags = tags } };
}
