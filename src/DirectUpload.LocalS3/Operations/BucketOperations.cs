using System.Xml.Linq;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Buckets: list, create, head, delete, location.</summary>
internal static class BucketOperations
{
    public static Task ListAsync(S3Call call) => S3Xml.WriteAsync(call.Response, S3Xml.Element("ListAllMyBucketsResult",
        DescribeOwner(),
        S3Xml.Element("Buckets", call.Store.Buckets.Select(bucket => S3Xml.Element("Bucket",
            S3Xml.Element("Name", bucket.Name), S3Xml.Element("CreationDate", S3Time.Iso(bucket.Created)))))), call.Aborted);

    public static async Task CreateAsync(S3Call call)
    {
        var name = call.Request.Bucket;
        var region = call.Services.Options.Region;
        var document = await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted);
        if (!BucketName.IsValid(name))
            throw new S3Exception(400, "InvalidBucketName", "The specified bucket is not valid.").With("BucketName", name);
        var asked = document.IsEmpty ? null : S3Xml.Parse(document, "CreateBucketConfiguration").ChildText("LocationConstraint");
        if (!string.IsNullOrEmpty(asked) && asked != region)
            throw new S3Exception(400, "IllegalLocationConstraintException",
                $"The {asked} location constraint is incompatible for the region specific endpoint this request was sent to.");
        // us-east-1 alone, for compatibility with its beginnings, lets an owner create a bucket twice.
        if (!call.Store.TryCreate(name, cors: null) && region != "us-east-1")
            throw new S3Exception(409, "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.").With("BucketName", name);
        call.Response.Headers.Location = "/" + name;
        call.Answer(200);
    }

    public static Task HeadAsync(S3Call call)
    {
        _ = call.Bucket;
        call.Response.Headers["x-amz-bucket-region"] = call.Services.Options.Region;
        call.Response.ContentType = "application/xml";
        call.Answer(200);
        return Task.CompletedTask;
    }

    public static Task DeleteAsync(S3Call call)
    {
        call.Store.Delete(call.Request.Bucket);
        call.Answer(204);
        return Task.CompletedTask;
    }

    public static Task GetLocationAsync(S3Call call)
    {
        _ = call.Bucket;
        var region = call.Services.Options.Region;
        return S3Xml.WriteAsync(call.Response, S3Xml.Element("LocationConstraint", region == "us-east-1" ? null : region), call.Aborted);
    }

    public static XElement DescribeOwner() =>
        S3Xml.Element("Owner", OwnerElements());

    /// <summary>There is one account; its canonical id has S3's shape.</summary>
    public const string Owner = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

    public static IEnumerable<XElement> OwnerElements() => [S3Xml.Element("ID", Owner), S3Xml.Element("DisplayName", "locals3")];
}
