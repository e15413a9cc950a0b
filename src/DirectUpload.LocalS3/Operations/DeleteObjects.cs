using System.Xml.Linq;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles DeleteObject, and DeleteObjects for up to 1,000 keys; the deletion of a missing object succeeds.</summary>
internal static class DeleteObjects
{
    private const int MaxKeys = 1000;

    public static Task DeleteOneAsync(S3OperationContext call)
    {
        CheckRetention(call.Request);
        var deleted = Delete(call, call.Bucket, call.Key, call.VersionId, WriteCondition.Read(call.Request, takesAnyETag: true));
        if (deleted is not null)
            ObjectHeaders.WriteVersion(call, deleted);
        else if (call.VersionId is { } versionId)
            call.Response.Headers["x-amz-version-id"] = versionId;
        if (deleted?.IsDeleteMarker == true)
            call.Response.Headers["x-amz-delete-marker"] = "true";
        call.SetStatus(204);
        return Task.CompletedTask;
    }

    public static async Task DeleteManyAsync(S3OperationContext call)
    {
        CheckRetention(call.Request);
        var bucket = call.Bucket;
        var document = S3Xml.Parse(
            await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted, isDangerous: true), "Delete");
        var items = document.Children("Object").ToList();
        if (items.Count is 0 or > MaxKeys)
            throw S3Errors.MalformedXml();
        var quiet = document.ChildText("Quiet") == "true";
        var results = items.Select(item => Delete(call, bucket, item, quiet)).ToList();
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("DeleteResult", results), call.RequestAborted);
    }

    // No bucket of LocalS3 has object lock.
    private static void CheckRetention(S3Request request)
    {
        if (request.GetSetting("x-amz-bypass-governance-retention") is { } value)
            throw S3Errors.InvalidArgument("x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
                "x-amz-bypass-governance-retention", value);
    }

    private static StoredObject? Delete(S3OperationContext call, Bucket bucket, string key, string? versionId, WriteCondition condition)
    {
        var deleted = bucket.Delete(key, versionId, condition, call.Now());
        if (deleted is not null)
            call.PublishEvent(deleted.IsDeleteMarker && versionId is null ? EventName.DeleteMarkerCreated : EventName.Delete, deleted);
        return deleted;
    }

    private static XElement? Delete(S3OperationContext call, Bucket bucket, XElement item, bool quiet)
    {
        var key = item.ChildText("Key") ?? throw S3Errors.MalformedXml();
        var versionId = item.ChildText("VersionId") is { Length: > 0 } given ? given : null;
        try
        {
            // Unlike in DeleteObject, a missing version is an error here.
            if (versionId is not null && versionId != VersionId.Null && bucket.Contents.Find(key, versionId) is null)
                throw S3Errors.NoSuchVersion(key, versionId);
            // These conditions exist only in directory buckets.
            if ((item.Child("Size") ?? item.Child("LastModifiedTime")) is { } unsupported)
                throw S3Errors.NotImplemented(unsupported.Name.LocalName);
            var condition = item.ChildText("ETag") is { Length: > 0 } etag
                ? new WriteCondition(false, etag.Trim('"'))
                : WriteCondition.None;
            var deleted = Delete(call, bucket, key, versionId, condition);
            return quiet ? null : S3Xml.Element("Deleted",
                S3Xml.Element("Key", key),
                versionId is null ? null : S3Xml.Element("VersionId", versionId),
                deleted?.IsDeleteMarker != true ? null : S3Xml.Element("DeleteMarker", true),
                deleted?.IsDeleteMarker != true ? null : S3Xml.Element("DeleteMarkerVersionId", deleted.PublicVersionId));
        }
        catch (S3Exception e)
        {
            return S3Xml.Element("Error",
                S3Xml.Element("Key", key),
                versionId is null ? null : S3Xml.Element("VersionId", versionId),
                S3Xml.Element("Code", e.Code),
                S3Xml.Element("Message", e.Message));
        }
    }
}
