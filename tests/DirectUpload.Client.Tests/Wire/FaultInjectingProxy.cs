using System.Net;
using System.Net.Sockets;

namespace DirectUpload.Client.Tests.Wire;

/// <summary>A bad line to a server: it refuses, cuts, truncates, delays and hangs, as a seed has it.</summary>
internal sealed class FaultInjectingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Random _random;
    private readonly Func<Uri> _server;
    private readonly Task _accepting;
    private int _faults;

    /// <param name="server">Where it leads; asked for at each connection.</param>
    /// <param name="seed">What goes wrong when.</param>
    public FaultInjectingProxy(Func<Uri> server, int seed)
    {
        (_server, _random) = (server, new Random(seed));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Endpoint => new($"http://{_listener.LocalEndpoint}");

    /// <summary>How many connections went wrong.</summary>
    public int Faults => Volatile.Read(ref _faults);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                _ = ForwardAsync(client, ConnectionFault.Create(_random));
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private async Task ForwardAsync(TcpClient client, ConnectionFault fate)
    {
        using var server = new TcpClient();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        try
        {
            if (fate.Refuses)
            {
                Interlocked.Increment(ref _faults);
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, _server().Port, end.Token);
            await Task.WhenAny(
                ForwardAsync(client, server, fate.BytesToServer, fate, end.Token),
                ForwardAsync(server, client, fate.BytesToClient, fate, end.Token));
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // One side hung up; so does the other.
        }
        finally
        {
            await end.CancelAsync();
            // A reset, which takes with it what was on its way, or a plain end.
            if (fate.Resets)
                client.LingerState = server.LingerState = new LingerOption(true, 0);
            client.Dispose();
        }
    }

    private async Task ForwardAsync(TcpClient from, TcpClient to, long most, ConnectionFault fate, CancellationToken stop)
    {
        var buffer = new byte[32 * 1024];
        for (var left = most; left > 0;)
        {
            var read = await from.GetStream().ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), stop);
            if (read == 0)
                return;
            await Task.Delay(fate.Delay, stop);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), stop);
            left -= read;
        }

        Interlocked.Increment(ref _faults);
        if (fate.Hangs)
            await Task.Delay(Timeout.Infinite, stop);
    }
}
