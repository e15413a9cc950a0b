using System.Net;
using System.Net.Sockets;

namespace DirectUpload.TestKit;

/// <summary>Forwards TCP connections to a server, and can close them or stop forwarding.</summary>
public sealed class FaultInjectingTcpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _connections = [];
    private readonly int _target;

    /// <summary>Starts to listen.</summary>
    /// <param name="target">The server's port at 127.0.0.1.</param>
    public FaultInjectingTcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Gets the port that leads to the server.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Gets or sets whether the proxy stops forwarding in both directions while it keeps and accepts connections.</summary>
    public bool IsHanging { get; set; }

    /// <summary>Gets or sets whether each further connection is closed at once.</summary>
    public bool IsDisconnected { get; set; }

    /// <summary>Closes all connections.</summary>
    public void Disconnect()
    {
        IsDisconnected = true;
        lock (_connections)
            _connections.ForEach(client => client.Dispose());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        Disconnect();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            if (IsDisconnected)
                return;
            lock (_connections)
                _connections.Add(client);
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream()), CopyAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException)
            {
                // One side has disconnected.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            if (!IsHanging)
                await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
