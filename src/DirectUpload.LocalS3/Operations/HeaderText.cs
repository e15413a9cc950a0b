using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>
/// What can stand in a header. Form fields and query parameters hold anything, and are served as headers later: a line break in one must
/// be refused when it comes in, not when a reader asks for it.
/// </summary>
internal static class HeaderText
{
    public static string Require(string name, string value) =>
        value.Any(c => c > 'ÿ' || char.IsControl(c))
            ? throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", name, value)
            : value;

    /// <summary>RFC 9110's token.</summary>
    public static void RequireName(string name)
    {
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
            throw S3Errors.InvalidArgument("The name cannot be one of a header.", "name", name);
    }
}
