using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DirectUpload.TestKit;

/// <summary>Ports and connections of this machine, for tests.</summary>
public static class Loopback
{
    // Below the ports that the kernel gives to outgoing connections, and apart from those of tests/engines/up.
    private const int FirstPort = 10_000;
    private const int LastPort = 19_999;

    // Held until the process ends, so that no other test process chooses a port before its server listens.
    private static readonly ConcurrentBag<FileStream> Reservations = [];

    /// <summary>Reserves a free port of 127.0.0.1 for a server that must be given its port before it starts.</summary>
    public static int GetFreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort + 1);
            if (CanListen(port) && TryReserve(port))
                return port;
        }
    }

    private static bool CanListen(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool TryReserve(int port)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "directupload-test-ports"));
        try
        {
            var file = Path.Combine(folder.FullName, $"{port}");
            Reservations.Add(new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
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
