using System.Text.RegularExpressions;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning.Checks;

/// <summary>Finds bucket names that are not valid in S3.</summary>
/// <remarks>
/// Valid are also access points, by ARN or alias, and the <c>tenant:bucket</c> of Ceph, the only name of another tenant's bucket there.
/// Upper case and underscores are refused: S3 has created no such buckets since 2018, and they cannot be addressed by host name.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
/// </remarks>
internal static partial class BucketNameCheck
{
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];

    /// <returns>The error message, which starts with the name of the setting; null when the name is valid.</returns>
    public static string? FindError(string setting, string name) =>
        FindViolatedRule(name) is { } rule ? $"{setting} is {DisplayText.Quote(name)}; {rule}." : null;

    private static string? FindViolatedRule(string name)
    {
        if (BucketArnPattern().Match(name) is { Success: true } arn)
            return $"that is the bucket's ARN. Write its name, \"{arn.Groups[1].Value}\"";
        if (AccessPointArnPattern().IsMatch(name))
            return null;
        if (name.Contains('/', StringComparison.Ordinal))
            return "that is an address or a path. Write the bucket's name alone, such as \"my-bucket\"";
        var bucket = TenantPattern().Replace(name, string.Empty);
        if (bucket.Length is < 3 or > 63)
            return $"it has {bucket.Length} characters, and S3's names have 3 to 63. Write the bucket's name";
        if (!LettersPattern().IsMatch(bucket))
        {
            return "S3's names have lowercase letters, digits, '-' and '.' only, and begin and end with a letter or a digit. "
                + "Write the bucket's name as S3 lists it";
        }

        if (bucket.Contains("..", StringComparison.Ordinal))
            return "S3's names have no two dots in a row. Write the bucket's name as S3 lists it";
        if (IPv4Pattern().IsMatch(bucket))
            return "S3's names do not look like an IP address. Write the bucket's name, and the server's address where its client is made";
        return ReservedPrefixes.FirstOrDefault(reserved => bucket.StartsWith(reserved, StringComparison.Ordinal)) is { } beginning
            ? $"S3 has no buckets whose names begin with \"{beginning}\". Write the name of your own bucket"
            : null;
    }

    [GeneratedRegex(@"^arn:[a-z0-9-]+:s3:::([^/]+)")]
    private static partial Regex BucketArnPattern();

    [GeneratedRegex(@"^arn:[a-z0-9-]+:s3[a-z-]*:[a-z0-9-]*:[0-9]{12}:[a-z]+[/:][A-Za-z0-9/:._-]+\z")]
    private static partial Regex AccessPointArnPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_]+:(?=.)")]
    private static partial Regex TenantPattern();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\z")]
    private static partial Regex LettersPattern();

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{1,3}){3}\z")]
    private static partial Regex IPv4Pattern();
}
