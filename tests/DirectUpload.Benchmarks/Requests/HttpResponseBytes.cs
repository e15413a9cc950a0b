using System.Globalization;
using System.Text;

namespace DirectUpload.Benchmarks.Requests;

/// <summary>As much of an HTTP answer as is needed to tell where it ends: by its chunks, or by its length.</summary>
internal sealed record HttpResponseBytes(int Status, byte[] Body)
{
    public static bool IsComplete(ReadOnlySpan<byte> bytes)
    {
        var headersEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headersEnd < 0)
            return false;
        return IsChunked(bytes[..headersEnd])
            ? bytes.EndsWith("\r\n0\r\n\r\n"u8)
            : bytes.Length >= headersEnd + 4 + GetContentLength(bytes[..headersEnd]);
    }

    /// <param name="bytes">A whole answer.</param>
    public static HttpResponseBytes Parse(ReadOnlySpan<byte> bytes)
    {
        var status = int.Parse(bytes.Slice("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var headersEnd = bytes.IndexOf("\r\n\r\n"u8);
        var rest = bytes[(headersEnd + 4)..];
        if (!IsChunked(bytes[..headersEnd]))
            return new(status, rest.ToArray());
        for (var body = new List<byte>(); ;)
        {
            var line = rest.IndexOf("\r\n"u8);
            var length = int.Parse(rest[..line], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (length == 0)
                return new(status, [.. body]);
            body.AddRange(rest.Slice(line + 2, length));
            rest = rest[(line + 2 + length + 2)..];
        }
    }

    private static bool IsChunked(ReadOnlySpan<byte> headers) => headers.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0;

    private static int GetContentLength(ReadOnlySpan<byte> headers)
    {
        var name = "\r\nContent-Length: "u8;
        var at = headers.IndexOf(name);
        if (at < 0)
            throw new NotSupportedException($"An answer without chunks and length:\n{Encoding.ASCII.GetString(headers)}");
        var value = headers[(at + name.Length)..];
        var end = value.IndexOf("\r\n"u8);
        return int.Parse(end < 0 ? value : value[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
