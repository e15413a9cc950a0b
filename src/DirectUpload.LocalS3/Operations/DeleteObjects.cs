using System.Xml.Linq;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>DeleteObject, and DeleteObjects for up to 1,000 keys. Deleting what is not there succeeds.</summary>
internal static class DeleteObjects
{
    private const int MaxKeys = 1000;

    public static Task DeleteOneAsync(S3Call call)
    {
        call.Bucket.Delete(call.Key, WriteCondition.Read(call.Request));
        call.Answer(204);
        return Task.CompletedTask;
    }

    public static async Task DeleteManyAsync(S3Call call)
    {
        var bucket = call.Bucket;
        var document = S3Xml.Parse(
            await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted, isDangerous: true), "Delete");
        var items = document.Children("Object").ToList();
        if (items.Count is 0 or > MaxKeys)
            throw S3Errors.MalformedXml();
        var quiet = document.ChildText("Quiet") == "true";
        var results = items.Select(item => Delete(bucket, item, quiet)).ToList();
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("DeleteResult", results), call.Aborted);
    }

    private static XElement? Delete(Bucket bucket, XElement item, bool quiet)
    {
        var key = item.ChildText("Key") ?? throw S3Errors.MalformedXml();
        try
        {
            if (item.ChildText("VersionId") is { Length: > 0 } version && version != "null")
                throw S3Errors.NotImplemented("VersionId");
            var condition = item.ChildText("ETag") is { Length: > 0 } etag
                ? new WriteCondition(false, etag.Trim('"'))
                : WriteCondition.None;
            bucket.Delete(key, condition);
            return quiet ? null : S3Xml.Element("Deleted", S3Xml.Element("Key", key));
        }
        catch (S3Exception e)
        {
            return S3Xml.Element("Error", S3Xml.Element("Key", key), S3Xml.Element("Code", e.Code), S3Xml.Element("Message", e.Message));
        }
    }
}
