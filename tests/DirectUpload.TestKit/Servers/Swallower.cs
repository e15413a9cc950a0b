using System.Net;
using System.Net.Sockets;

namespace DirectUpload.TestKit;

/// <summary>A way to a TCP server that can be cut, or can swallow: then it takes what is sent and lets no answer through.</summary>
public sealed class Swallower : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly int _target;

    /// <summary>Begins to listen.</summary>
    /// <param name="target">The server's port at 127.0.0.1.</param>
    public Swallower(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Gets the port that leads to the server.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Gets or sets whether nothing is let through in either direction, while connections stay open and further ones are accepted.</summary>
    public bool Swallows { get; set; }

    /// <summary>Gets or sets whether each further connection is closed at once.</summary>
    public bool IsCut { get; set; }

    /// <summary>Closes all connections.</summary>
    public void Cut()
    {
        IsCut = true;
        lock (_open)
            _open.ForEach(client => client.Dispose());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            if (IsCut)
                return;
            lock (_open)
                _open.Add(client);
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream()), CopyAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException)
            {
                // One side hung up.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            if (!Swallows)
                await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
