using System.Net;
using System.Net.Sockets;

namespace DirectUpload.TestKit;

/// <summary>This machine, as tests speak to it.</summary>
public static class Loopback
{
    /// <summary>A port that nobody listens on, for a process that has to be told one.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Connects every name under <c>localhost</c> to this machine, as browsers do (RFC 6761, 6.3) and resolvers may not.</summary>
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
