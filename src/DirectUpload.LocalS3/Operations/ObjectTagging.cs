using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>An object's tags: put (all at once), get, delete. They change without the object being written anew.</summary>
internal static class ObjectTagging
{
    public static async Task PutAsync(S3Call call)
    {
        var tags = TagSet.ParseDocument(await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted));
        call.Announce(EventName.TagsPut, call.Bucket.Change(call.Key, call.VersionId, stored => WithTags(stored, tags)));
        call.Answer(200);
    }

    public static Task GetAsync(S3Call call)
    {
        var stored = call.Bucket.Get(call.Key, call.VersionId);
        return S3Xml.WriteAsync(call.Response, TagSet.Write(stored.Attributes.Tags), call.Aborted);
    }

    public static Task DeleteAsync(S3Call call)
    {
        call.Announce(EventName.TagsDeleted, call.Bucket.Change(call.Key, call.VersionId, stored => WithTags(stored, new Dictionary<string, string>())));
        call.Answer(204);
        return Task.CompletedTask;
    }

    private static StoredObject WithTags(StoredObject stored, IReadOnlyDictionary<string, string> tags) =>
        stored with { Attributes = stored.Attributes with { Tags = tags } };
}
