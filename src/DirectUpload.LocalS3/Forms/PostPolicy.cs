using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Forms;

/// <summary>Represents the conditions of a signed policy for a form.</summary>
/// <param name="Expiration">The time from which the policy is invalid.</param>
/// <param name="Conditions">The conditions on the fields.</param>
/// <param name="MinLength">The minimum size of the file in bytes, inclusive.</param>
/// <param name="MaxLength">The maximum size of the file in bytes, inclusive.</param>
internal sealed record PostPolicy(DateTimeOffset Expiration, IReadOnlyList<PolicyCondition> Conditions, long MinLength, long MaxLength)
{
    /// <summary>Throws AccessDenied for a form that the policy does not allow.</summary>
    /// <param name="fields">The fields of the form, with <c>${filename}</c> expanded.</param>
    /// <param name="bucket">The bucket of the request, regardless of a field with that name.</param>
    /// <param name="now">The current time.</param>
    public void Validate(FormFields fields, string bucket, DateTimeOffset now)
    {
        if (now >= Expiration)
            throw CreateInvalidError("Policy expired.");
        foreach (var condition in Conditions)
            if (!condition.IsSatisfiedBy(condition.Field == "bucket" ? bucket : fields[condition.Field]))
                throw CreateInvalidError($"Policy Condition failed: {condition}");

        var covered = Conditions.Select(condition => condition.Field).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // The bucket is always a field: a form must not be valid for every bucket of the signer.
        var extra = fields.Names.Append("bucket").Where(name => !covered.Contains(name) && !FormFields.IsOutsidePolicy(name))
            .Select(name => name.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal).ToList();
        if (extra.Count > 0)
            throw CreateInvalidError($"Extra input fields: {string.Join(", ", extra)}");
    }

    private static S3Exception CreateInvalidError(string reason) => S3Errors.AccessDenied($"Invalid according to Policy: {reason}");
}
