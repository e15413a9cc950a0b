using System.Xml.Linq;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>An object's access control list, as a name in a header or as grants that amount to a named one.</summary>
/// <remarks>
/// A bucket here is one with ACLs enabled and no public access block; AWS's new buckets must be told so. Source:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html
/// </remarks>
internal static class ObjectAcl
{
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public static async Task PutAsync(S3Call call)
    {
        var document = await IncomingBody.ReadDocumentAsync(call.Request, call.Caller, call.Aborted);
        if (call.Request.SettingsStartingWith("x-amz-grant-").Select(setting => setting.Key).FirstOrDefault() is { } grant)
            throw S3Errors.NotImplemented(grant);
        var canned = call.Request.Setting("x-amz-acl");
        if (canned is not null && !document.IsEmpty)
            throw new S3Exception(400, "UnexpectedContent", "This request does not support content");
        if (canned is null && document.IsEmpty)
            throw new S3Exception(400, "MissingSecurityHeader", "Your request was missing a required header")
                .With("MissingHeaderName", "x-amz-acl");
        var acl = canned is null ? Parse(document) : CannedAcl.Parse(canned);
        var changed = call.Bucket.Change(call.Key, call.VersionId, stored => stored with { Attributes = stored.Attributes with { Acl = acl } });
        call.Announce(EventName.AclPut, changed);
        call.Answer(200);
    }

    public static Task GetAsync(S3Call call)
    {
        var stored = call.Bucket.Get(call.Key, call.VersionId);
        return S3Xml.WriteAsync(call.Response, S3Xml.Element("AccessControlPolicy",
            BucketOperations.DescribeOwner(),
            S3Xml.Element("AccessControlList", CannedAcl.GrantsOf(stored.Attributes.Acl).Select(grant => S3Xml.Element("Grant",
                Describe(grant), S3Xml.Element("Permission", grant.Permission))))), call.Aborted);
    }

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
        return CannedAcl.NameOf(list.Children("Grant").Select(ParseGrant))
            ?? throw S3Errors.NotImplemented("an AccessControlList that is none of the canned ones");
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
