using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>Sends bytes that no HTTP client would, then waits for the answer while the connection stays open.</summary>
internal static class RawHttp
{
    public static async Task<ApiResponse> SendAsync(Uri server, string head, byte[] body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n"));
        await stream.WriteAsync(body);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        var received = new List<byte>();
        var buffer = new byte[8192];
        while (!TryParse(received, out var answer))
        {
            var count = await stream.ReadAsync(buffer, patience.Token);
            if (count == 0)
                throw new IOException($"The server hung up after {received.Count} bytes.");
            received.AddRange(buffer.AsSpan(0, count));
            if (TryParse(received, out answer))
                return answer;
        }

        throw new IOException("No answer.");
    }

    private static bool TryParse(List<byte> received, out ApiResponse answer)
    {
        answer = null!;
        var text = Encoding.Latin1.GetString([.. received]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        var body = received.Skip(end + 4).ToArray();
        var ended = headers.TryGetValue("content-length", out var length)
            ? body.Length >= int.Parse(length, CultureInfo.InvariantCulture)
            : text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        if (!ended)
            return false;
        if (length is null)
            body = Unchunk(text[(end + 4)..]);
        answer = new ApiResponse((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
        return true;
    }

    private static byte[] Unchunk(string chunked)
    {
        var whole = new StringBuilder();
        while (chunked.Length > 0)
        {
            var line = chunked.IndexOf("\r\n", StringComparison.Ordinal);
            var size = int.Parse(chunked[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                break;
            whole.Append(chunked, line + 2, size);
            chunked = chunked[(line + 2 + size + 2)..];
        }

        return Encoding.Latin1.GetBytes(whole.ToString());
    }
}
