using System.Text;
using Microsoft.Playwright;

namespace DirectUpload.Browser.Tests.Blazor;

/// <summary>Counts the bytes of a page's WebSocket connections to Blazor, in both directions.</summary>
public sealed class CircuitTraffic
{
    private long _sent;
    private long _received;
    private int _connections;

    public CircuitTraffic(IPage page) => page.WebSocket += (_, socket) =>
    {
        if (!new Uri(socket.Url).AbsolutePath.EndsWith("/_blazor", StringComparison.Ordinal))
            return;
        Interlocked.Increment(ref _connections);
        socket.FrameSent += (_, frame) => Interlocked.Add(ref _sent, SizeOf(frame));
        socket.FrameReceived += (_, frame) => Interlocked.Add(ref _received, SizeOf(frame));
    };

    public long Sent => Interlocked.Read(ref _sent);

    public long Received => Interlocked.Read(ref _received);

    public long Total => Sent + Received;

    public int Connections => Volatile.Read(ref _connections);

    private static long SizeOf(IWebSocketFrame frame) => frame.Binary?.Length ?? Encoding.UTF8.GetByteCount(frame.Text ?? "");
}
