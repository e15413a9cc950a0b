using System.Globalization;
using System.Text;

namespace DirectUpload.Benchmarks.Requests;

/// <summary>As much of an HTTP answer as is needed to tell where it ends. Kestrel sends JSON in chunks.</summary>
internal sealed record HttpResponseBytes(int Status, byte[] Body)
{
    public static bool IsComplete(ReadOnlySpan<byte> bytes)
    {
        var headersEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headersEnd < 0)
            return false;
        if (bytes[..headersEnd].IndexOf("\r\nTransfer-Encoding: chunked"u8) < 0)
            throw new NotSupportedException($"Not an answer in chunks:\n{Encoding.ASCII.GetString(bytes)}");
        return bytes.EndsWith("\r\n0\r\n\r\n"u8);
    }

    /// <param name="bytes">A whole answer.</param>
    public static HttpResponseBytes Parse(ReadOnlySpan<byte> bytes)
    {
        var status = int.Parse(bytes.Slice("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var body = new List<byte>();
        for (var rest = bytes[(bytes.IndexOf("\r\n\r\n"u8) + 4)..]; ;)
        {
            var line = rest.IndexOf("\r\n"u8);
            var length = int.Parse(rest[..line], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (length == 0)
                return new(status, [.. body]);
            body.AddRange(rest.Slice(line + 2, length));
            rest = rest[(line + 2 + length + 2)..];
        }
    }
}
