using System.Xml.Linq;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Creates, checks and deletes buckets, and returns their location.</summary>
internal static class BucketOperations
{
    public static async Task CreateAsync(S3OperationContext call)
    {
        var name = call.Request.Bucket;
        var region = call.Services.Options.Region;
        CheckSettings(call.Request);
        var document = await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted);
        if (!BucketName.IsValid(name))
            throw new S3Exception(400, "InvalidBucketName", "The specified bucket is not valid.").WithDetail("BucketName", name);
        var configuration = document.IsEmpty ? null : S3Xml.Parse(document, "CreateBucketConfiguration");
        if (configuration?.Elements().FirstOrDefault(child => child.Name.LocalName != "LocationConstraint") is { } unsupported)
            throw S3Errors.NotImplemented(unsupported.Name.LocalName);
        var asked = configuration?.ChildText("LocationConstraint");
        if (!string.IsNullOrEmpty(asked) && asked != region)
            throw new S3Exception(400, "IllegalLocationConstraintException",
                $"The {asked} location constraint is incompatible for the region specific endpoint this request was sent to.");
        // For compatibility, only us-east-1 allows an owner to create an existing bucket again.
        if (!call.Store.TryCreate(name, cors: null) && region != "us-east-1")
            throw new S3Exception(409, "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.").WithDetail("BucketName", name);
        call.Response.Headers.Location = "/" + name;
        call.SetStatus(200);
    }

    /// <summary>Accepts only the settings that every bucket of LocalS3 has.</summary>
    private static void CheckSettings(S3Request request)
    {
        if (request.GetSetting("x-amz-acl") is not (null or CannedAcl.Private))
            throw S3Errors.NotImplemented("x-amz-acl");
        if (request.GetSetting("x-amz-bucket-object-lock-enabled") is { } locked
            && !locked.Equals("false", StringComparison.OrdinalIgnoreCase))
            throw S3Errors.NotImplemented("x-amz-bucket-object-lock-enabled");
    }

    public static Task HeadAsync(S3OperationContext call)
    {
        _ = call.Bucket;
        call.Response.Headers["x-amz-bucket-region"] = call.Services.Options.Region;
        call.Response.ContentType = "application/xml";
        call.SetStatus(200);
        return Task.CompletedTask;
    }

    public static Task DeleteAsync(S3OperationContext call)
    {
        call.Store.Delete(call.Request.Bucket);
        call.SetStatus(204);
        return Task.CompletedTask;
    }

    public static Task GetLocationAsync(S3OperationContext call)
    {
        _ = call.Bucket;
        var region = call.Services.Options.Region;
        return S3Xml.WriteAsync(
            call.Response, S3Xml.Element("LocationConstraint", region == "us-east-1" ? null : region), call.RequestAborted);
    }

    public static XElement DescribeOwner() =>
        S3Xml.Element("Owner", OwnerElements());

    /// <summary>The canonical id of the only account, in S3's format.</summary>
    public const string Owner = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

    public static IEnumerable<XElement> OwnerElements() => [S3Xml.Element("ID", Owner), S3Xml.Element("DisplayName", "locals3")];
}
