using System.Net;
using System.Net.Sockets;

namespace DirectUpload.TestKit;

/// <summary>
/// Connects every name under <c>localhost</c> to this machine, as browsers do (RFC 6761, 6.3) and resolvers may not.
/// </summary>
public static class Loopback
{
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
                await socket.ConnectAsync(IPAddress.Loopback, port, stop);
            else
                await socket.ConnectAsync(host, port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
