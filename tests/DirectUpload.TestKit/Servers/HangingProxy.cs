using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DirectUpload.TestKit;

/// <summary>Forwards connections to a server, and can stop answering, like a stale NAT entry.</summary>
/// <remarks>A connection that received no answer stays dead; after <see cref="Resume"/> new connections work.</remarks>
public sealed class HangingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _target;
    private readonly ConcurrentDictionary<TcpClient, byte> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private volatile Func<string, bool>? _shouldHang;
    private int _hungRequests;

    public HangingProxy(string target)
    {
        _target = new Uri(target);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The number of requests without an answer.</summary>
    public int HungRequests => Volatile.Read(ref _hungRequests);

    /// <summary>Stops answering all requests.</summary>
    public void HangAll() => _shouldHang = _ => true;

    /// <summary>Stops answering requests whose headers contain a text, such as <c>x-amz-copy-source</c>.</summary>
    public void HangRequestsContaining(string text) => _shouldHang = head => head.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Forwards new connections again.</summary>
    public void Resume() => _shouldHang = null;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        foreach (var connection in _connections.Keys)
            connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient();
        (_connections[client], _connections[server]) = (0, 0);
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port, _stopping.Token);
            var answers = server.GetStream().CopyToAsync(client.GetStream(), _stopping.Token);
            await Task.WhenAny(answers, ForwardRequestsAsync(client.GetStream(), server.GetStream()));
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has disconnected; disconnect the other.
        }
        finally
        {
            client.Dispose();
            _connections.TryRemove(client, out _);
            _connections.TryRemove(server, out _);
        }
    }

    private async Task ForwardRequestsAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _stopping.Token)) > 0)
        {
            if (_shouldHang is { } swallowed && swallowed(Encoding.Latin1.GetString(buffer, 0, read)))
            {
                Interlocked.Increment(ref _hungRequests);
                // Read and discard further bytes until the client disconnects.
                while (await from.ReadAsync(buffer, _stopping.Token) > 0)
                {
                }

                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
