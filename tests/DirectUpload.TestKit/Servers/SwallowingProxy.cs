using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DirectUpload.TestKit;

/// <summary>
/// Stands before a server and carries bytes both ways, until it is told to swallow: then it accepts connections and requests, and never answers, as behind a dead NAT entry. Connections that met that stay dead;
/// after <see cref="Open"/> new ones work.
/// </summary>
public sealed class SwallowingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _target;
    private readonly ConcurrentDictionary<TcpClient, byte> _connections = new();
    private readonly CancellationTokenSource _ending = new();
    private volatile Func<string, bool>? _swallowed;
    private int _swallowing;

    public SwallowingProxy(string target)
    {
        _target = new Uri(target);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many requests were swallowed.</summary>
    public int Swallowed => Volatile.Read(ref _swallowing);

    /// <summary>Swallows everything.</summary>
    public void SwallowAll() => _swallowed = _ => true;

    /// <summary>Swallows the requests whose head holds a text, such as <c>x-amz-copy-source</c>.</summary>
    public void Swallow(string text) => _swallowed = head => head.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Passes everything on again.</summary>
    public void Open() => _swallowed = null;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        foreach (var connection in _connections.Keys)
            connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        (_connections[client], _connections[server]) = (0, 0);
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port, _ending.Token);
            var answers = server.GetStream().CopyToAsync(client.GetStream(), _ending.Token);
            await Task.WhenAny(answers, SendAsync(client.GetStream(), server.GetStream()));
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side hung up; so does the other.
        }
        finally
        {
            client.Dispose();
            _connections.TryRemove(client, out _);
            _connections.TryRemove(server, out _);
        }
    }

    private async Task SendAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _ending.Token)) > 0)
        {
            if (_swallowed is { } swallowed && swallowed(Encoding.Latin1.GetString(buffer, 0, read)))
            {
                Interlocked.Increment(ref _swallowing);
                // What is sent after it is read and thrown away, until the client hangs up.
                while (await from.ReadAsync(buffer, _ending.Token) > 0)
                {
                }

                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _ending.Token);
        }
    }
}
