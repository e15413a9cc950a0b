using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Checks that a text is valid in an HTTP header.</summary>
/// <remarks>
/// Form fields and query parameters may contain any text and become response headers later. An invalid value, such as a line break, must
/// therefore fail when the object is written.
/// </remarks>
internal static class HeaderText
{
    public static string Require(string name, string value) =>
        value.Any(c => c > 'ÿ' || char.IsControl(c))
            ? throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", name, value)
            : value;

    /// <summary>Requires a token as defined by RFC 9110.</summary>
    public static void RequireName(string name)
    {
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
            throw S3Errors.InvalidArgument("The name cannot be one of a header.", "name", name);
    }
}
