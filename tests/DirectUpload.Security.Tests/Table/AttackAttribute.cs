namespace DirectUpload.Security.Tests.Table;

/// <summary>Makes a test a case of docs/evidence/attacks.md.</summary>
/// <param name="tries">What the attacker tries, as a sentence's beginning.</param>
/// <param name="fails">Why it fails.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AttackAttribute(string tries, string fails) : Attribute
{
    public string Tries => tries;

    public string Fails => fails;
}
