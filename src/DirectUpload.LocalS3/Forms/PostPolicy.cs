using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Forms;

/// <summary>What a signed policy allows a form to do.</summary>
/// <param name="Expiration">The last moment is already too late.</param>
/// <param name="Conditions">On the fields.</param>
/// <param name="MinLength">The file's least size in bytes, inclusive.</param>
/// <param name="MaxLength">The file's greatest size in bytes, inclusive.</param>
internal sealed record PostPolicy(DateTimeOffset Expiration, IReadOnlyList<PolicyCondition> Conditions, long MinLength, long MaxLength)
{
    /// <summary>Refuses a form that the policy does not allow.</summary>
    /// <param name="fields">The fields as they were sent, <c>${filename}</c> expanded.</param>
    /// <param name="bucket">The bucket that the form was posted to, whatever a field of that name says.</param>
    /// <param name="now">The current time.</param>
    public void Check(FormFields fields, string bucket, DateTimeOffset now)
    {
        if (now >= Expiration)
            throw Invalid("Policy expired.");
        foreach (var condition in Conditions)
            if (!condition.Holds(condition.Field == "bucket" ? bucket : fields[condition.Field]))
                throw Invalid($"Policy Condition failed: {condition}");

        var covered = Conditions.Select(condition => condition.Field).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var extra = fields.Names.Where(name => !covered.Contains(name) && !FormFields.IsOutsidePolicy(name))
            .Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal).ToList();
        if (extra.Count > 0)
            throw Invalid($"Extra input fields: {string.Join(", ", extra)}");
    }

    private static S3Exception Invalid(string reason) => S3Errors.AccessDenied($"Invalid according to Policy: {reason}");
}
