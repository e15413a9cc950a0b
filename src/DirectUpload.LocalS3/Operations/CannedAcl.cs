using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Defines the canned access control lists; LocalS3 supports no others.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html</remarks>
internal static class CannedAcl
{
    public const string Private = "private";

    private const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
    private const string AuthenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

    /// <summary>The account of EC2, which reads images.</summary>
    private const string Ec2 = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";

    private static readonly Grant Owner = new(BucketOperations.Owner, "FULL_CONTROL");

    // The bucket's owner also owns every object, so the last two add nothing and are returned as "private".
    private static readonly Dictionary<string, Grant[]> Grants = new(StringComparer.Ordinal)
    {
        [Private] = [Owner],
        ["public-read"] = [Owner, new(AllUsers, "READ")],
        ["public-read-write"] = [Owner, new(AllUsers, "READ"), new(AllUsers, "WRITE")],
        ["authenticated-read"] = [Owner, new(AuthenticatedUsers, "READ")],
        ["aws-exec-read"] = [Owner, new(Ec2, "READ")],
        ["bucket-owner-read"] = [Owner],
        ["bucket-owner-full-control"] = [Owner],
    };

    public static string Parse(string name) =>
        Grants.ContainsKey(name) ? name : throw S3Errors.InvalidArgument("", "x-amz-acl", name);

    public static IReadOnlyList<Grant> GetGrants(string name) => Grants[name];

    /// <summary>Returns the canned name of a list of grants, or null.</summary>
    public static string? GetName(IEnumerable<Grant> grants)
    {
        var asked = grants.ToHashSet();
        return Grants.FirstOrDefault(canned => asked.SetEquals(canned.Value)).Key;
    }
}

/// <summary>Represents one permission of one grantee.</summary>
/// <param name="Grantee">The canonical id of an account, or the URI of a group.</param>
/// <param name="Permission">One of S3's five permissions.</param>
internal sealed record Grant(string Grantee, string Permission)
{
    public static readonly IReadOnlyList<string> Permissions = ["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"];

    public bool IsForGroup => Grantee.Contains("://", StringComparison.Ordinal);
}
