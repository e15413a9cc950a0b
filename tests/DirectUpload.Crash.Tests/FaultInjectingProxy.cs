using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DirectUpload.Crash.Tests;

public enum Fault
{
    None,
    InternalError,
    SlowDown,
    Hang,
    Reset,

    /// <summary>DynamoDB's way of saying SlowDown.</summary>
    Throttle,
}

/// <summary>
/// Stands between a host and its S3 or its DynamoDB, and fails as networks and servers do. Whenever the fault changes, all connections end.
/// </summary>
internal sealed class FaultInjectingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly ConcurrentDictionary<TcpClient, byte> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private volatile Fault _fault;
    private int _faultCount;

    public FaultInjectingProxy(Uri server)
    {
        _server = new IPEndPoint(IPAddress.Loopback, server.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many connections met a fault.</summary>
    public int FaultCount => Volatile.Read(ref _faultCount);

    public Fault Fault
    {
        get => _fault;
        set
        {
            _fault = value;
            foreach (var connection in _connections.Keys)
                connection.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Fault = Fault.Reset;
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        _connections[client] = 0;
        try
        {
            if (_fault == Fault.None)
                await ForwardAsync(client);
            else
                await FailAsync(client);
        }
        catch (Exception)
        {
            // A connection that ends is what this is about.
        }
        finally
        {
            _connections.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(_server);
        _connections[server] = 0;
        try
        {
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
        }
        finally
        {
            _connections.TryRemove(server, out _);
        }
    }

    private async Task FailAsync(TcpClient client)
    {
        Interlocked.Increment(ref _faultCount);
        if (_fault == Fault.Reset)
        {
            client.LingerState = new LingerOption(true, 0);
            return;
        }

        var buffer = new byte[64 * 1024];
        _ = await client.GetStream().ReadAtLeastAsync(buffer, minimumBytes: 1, throwOnEndOfStream: false);
        if (_fault == Fault.Hang)
            await Task.Delay(Timeout.Infinite, _stopping.Token);
        var (status, type, body) = _fault switch
        {
            Fault.Throttle => ("400 Bad Request", "application/x-amz-json-1.0",
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\",\"message\":\"Not now.\"}"),
            Fault.SlowDown => ("503 Slow Down", "application/xml", Error("SlowDown")),
            _ => ("500 Internal Server Error", "application/xml", Error("InternalError")),
        };
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));

        static string Error(string code) => $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>Not now.</Message></Error>";
    }
}
