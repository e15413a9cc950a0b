using System.Globalization;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Reads the query parameters that all listings share: the page size and the encoding of keys.</summary>
internal static class PageSize
{
    private const int Max = 1000;

    /// <param name="query">The query.</param>
    /// <param name="name">The name of the parameter, such as <c>max-keys</c>.</param>
    public static int Read(QueryParameters query, string name)
    {
        var text = query[name];
        if (string.IsNullOrEmpty(text))
            return Max;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size))
            throw S3Errors.InvalidArgument($"Provided {name} not an integer or within integer range", name, text);
        return size >= 0
            ? Math.Min(size, Max)
            : throw S3Errors.InvalidArgument($"Argument {name} must be an integer between 0 and 2147483647", name, text);
    }

    /// <summary>Encodes a key as <c>encoding-type</c> requests.</summary>
    public static string Encode(QueryParameters query, string key) => query["encoding-type"] switch
    {
        null => key,
        "url" => UriEncoding.Encode(key, keepSlash: true),
        var other => throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", other),
    };
}
