using System.Globalization;

namespace DirectUpload.Storage;

/// <summary>Reads the Content-Range header of a response with a part of an object, such as <c>bytes 0-65535/1048576</c>.</summary>
/// <remarks>Source: RFC 9110, section 14.4</remarks>
internal static class ContentRangeHeader
{
    /// <summary>Reads the size of the whole object.</summary>
    /// <returns>The size in bytes; null when the response has the whole object.</returns>
    /// <exception cref="IOException">The header has no size.</exception>
    public static long? ReadTotal(string? header)
    {
        if (string.IsNullOrEmpty(header))
            return null;
        var slash = header.LastIndexOf('/');
        return slash >= 0 && long.TryParse(header.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? total
            : throw new IOException("Storage answered GetObject with a Content-Range that has no size.");
    }
}
