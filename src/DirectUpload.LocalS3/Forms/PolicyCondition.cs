namespace DirectUpload.LocalS3.Forms;

/// <summary>Represents one condition of a POST policy on a form field.</summary>
/// <param name="Operator"><c>eq</c> or <c>starts-with</c>.</param>
/// <param name="Field">The lower-case name of the field, without the dollar sign.</param>
/// <param name="Value">The required value or prefix; case-sensitive.</param>
internal sealed record PolicyCondition(string Operator, string Field, string Value)
{
    /// <param name="actual">The field's value; null if the form does not contain the field, which fails every condition.</param>
    public bool IsSatisfiedBy(string? actual)
    {
        if (actual is null)
            return false;
        if (Operator == "eq")
            return actual == Value;
        // Every element of a list of content types must satisfy the condition.
        return Field == "content-type"
            ? actual.Split(',', StringSplitOptions.TrimEntries).All(type => type.StartsWith(Value, StringComparison.Ordinal))
            : actual.StartsWith(Value, StringComparison.Ordinal);
    }

    public override string ToString() => $"[\"{Operator}\", \"${Field}\", \"{Value}\"]";
}
