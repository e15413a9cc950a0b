using System.Xml.Linq;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Puts and gets an object's access control list, by canned name or by grants that equal a canned one.</summary>
/// <remarks>
/// Every bucket has ACLs enabled and no public access block; a new bucket on AWS needs both settings. Source:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html
/// </remarks>
internal static class ObjectAcl
{
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public static async Task PutAsync(S3OperationContext call)
    {
        var document = await RequestBody.ReadDocumentAsync(call.Request, call.Caller, call.RequestAborted);
        if (call.Request.GetSettings("x-amz-grant-").Select(setting => setting.Key).FirstOrDefault() is { } grant)
            throw S3Errors.NotImplemented(grant);
        var canned = call.Request.GetSetting("x-amz-acl");
        if (canned is not null && !document.IsEmpty)
            throw new S3Exception(400, "UnexpectedContent", "This request does not support content");
        if (canned is null && document.IsEmpty)
            throw new S3Exception(400, "MissingSecurityHeader", "Your request was missing a required header")
                .WithDetail("MissingHeaderName", "x-amz-acl");
        var acl = canned is null ? Parse(document) : CannedAcl.Parse(canned);
        var changed = call.Bucket.UpdateObject(
            call.Key, call.VersionId, stored => stored with { Attributes = stored.Attributes with { Acl = acl } });
        call.PublishEvent(EventName.AclPut, changed);
        call.SetStatus(200);
    }

    public static Task GetAsync(S3OperationContext call)
    {
        var stored = call.Bucket.Get(call.Key, call.VersionId);
        return WriteAsync(call, stored.Attributes.Acl);
    }

    /// <summary>Writes the ACL of a bucket, which is always private.</summary>
    public static Task GetOfBucketAsync(S3OperationContext call)
    {
        _ = call.Bucket;
        return WriteAsync(call, CannedAcl.Private);
    }

    private static Task WriteAsync(S3OperationContext call, string acl) =>
        S3Xml.WriteAsync(call.Response, S3Xml.Element("AccessControlPolicy",
            BucketOperations.DescribeOwner(),
            S3Xml.Element("AccessControlList", CannedAcl.GetGrants(acl).Select(grant => S3Xml.Element("Grant",
                Describe(grant), S3Xml.Element("Permission", grant.Permission))))), call.RequestAborted);

    private static XElement Describe(Grant grant) => S3Xml.Element("Grantee",
        new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
        new XAttribute(Xsi + "type", grant.IsForGroup ? "Group" : "CanonicalUser"),
        S3Xml.Element(grant.IsForGroup ? "URI" : "ID", grant.Grantee));

    private static string Parse(ReadOnlyMemory<byte> document)
    {
        var policy = S3Xml.Parse(document, "AccessControlPolicy");
        if (policy.Children("Owner").FirstOrDefault()?.ChildText("ID") is { } owner && owner != BucketOperations.Owner)
            throw S3Errors.AccessDenied();
        var list = policy.Child("AccessControlList") ?? throw S3Errors.MalformedXml();
        return CannedAcl.GetName(list.Children("Grant").Select(ParseGrant))
            ?? throw S3Errors.NotImplemented("an AccessControlList that does not equal a canned ACL");
    }

    private static Grant ParseGrant(XElement element)
    {
        var grantee = element.Child("Grantee") ?? throw S3Errors.MalformedXml();
        var permission = element.ChildText("Permission");
        if (permission is null || !Grant.Permissions.Contains(permission))
            throw S3Errors.MalformedXml();
        return new(grantee.ChildText("ID") ?? grantee.ChildText("URI") ?? throw S3Errors.NotImplemented("a grantee by e-mail address"),
            permission);
    }
}
