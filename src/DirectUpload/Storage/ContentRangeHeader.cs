using System.Net.Http.Headers;

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
        return Parse(header)?.Length ?? throw new IOException("Storage answered GetObject with a Content-Range that has no size.");
    }

    /// <summary>Checks that a response has exactly the requested bytes.</summary>
    /// <param name="header">The header; null or empty when the response has the whole object.</param>
    /// <param name="contentLength">The number of bytes in the response; zero if it does not say.</param>
    /// <param name="offset">The index of the first requested byte.</param>
    /// <param name="length">The number of requested bytes, which the object has.</param>
    /// <exception cref="IOException">The response has other bytes.</exception>
    public static void ThrowIfNotRequested(string? header, long contentLength, long offset, long length)
    {
        var isRequested = string.IsNullOrEmpty(header)
            ? offset == 0 && contentLength == length
            : Parse(header) is { Unit: "bytes", From: { } from, To: { } to } && from == offset && to == offset + length - 1
                && (contentLength == length || contentLength <= 0);
        if (!isRequested)
        {
            throw new IOException(
                $"Storage answered GetObject with {contentLength} bytes ({(string.IsNullOrEmpty(header) ? "no range" : header)}), but "
                + $"bytes {offset} to {offset + length - 1} were requested. Check that no proxy in front of storage removes or changes "
                + "the header Range.");
        }
    }

    private static ContentRangeHeaderValue? Parse(string header) =>
        ContentRangeHeaderValue.TryParse(header, out var range) ? range : null;
}
