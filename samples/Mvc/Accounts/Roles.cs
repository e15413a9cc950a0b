namespace MvcSample.Accounts;

/// <summary>The roles of users.</summary>
internal static class Roles
{
    public const string Administrator = "administrator";
}
