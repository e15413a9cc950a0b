namespace DirectUpload.LocalS3.Forms;

/// <summary>One condition of a POST policy on a form field.</summary>
/// <param name="Operator"><c>eq</c> or <c>starts-with</c>.</param>
/// <param name="Field">Lower-case, without the dollar sign.</param>
/// <param name="Value">What it must be, or begin with; case-sensitive.</param>
internal sealed record PolicyCondition(string Operator, string Field, string Value)
{
    /// <param name="actual">The field's value; null when the form does not have it, which no condition allows.</param>
    public bool Holds(string? actual)
    {
        if (actual is null)
            return false;
        if (Operator == "eq")
            return actual == Value;
        // A list of content types must satisfy the condition with every element.
        return Field == "content-type"
            ? actual.Split(',', StringSplitOptions.TrimEntries).All(type => type.StartsWith(Value, StringComparison.Ordinal))
            : actual.StartsWith(Value, StringComparison.Ordinal);
    }

    public override string ToString() => $"[\"{Operator}\", \"${Field}\", \"{Value}\"]";
}
