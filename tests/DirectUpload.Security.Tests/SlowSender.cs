using System.Net.Sockets;
using System.Text;

namespace DirectUpload.Security.Tests;

/// <summary>
/// Opens connections that announce a large body and then send it no faster than a server's least data rate asks for; each that is closed is
/// opened again.
/// </summary>
internal sealed class SlowSender(Uri server)
{
    private static readonly byte[] Drip = Encoding.ASCII.GetBytes(new string(' ', 300));

    private int _open;
    private int _refused;

    /// <summary>How many are connected.</summary>
    public int Open => _open;

    /// <summary>How many were closed by the server.</summary>
    public int Refused => _refused;

    /// <param name="path">Where the body goes.</param>
    /// <param name="length">The length that is announced, in bytes.</param>
    /// <param name="atOnce">How much is sent at once.</param>
    /// <param name="headers">Further headers, each with its line end.</param>
    /// <param name="stop">Ends it.</param>
    public async Task SendAsync(string path, int length, int atOnce, string headers, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await SendOnceAsync(path, length, atOnce, headers, stop);
            }
            catch (Exception closed) when (closed is IOException or SocketException or OperationCanceledException)
            {
                // Opened again, unless it is over.
            }

            if (!stop.IsCancellationRequested)
                await Task.Delay(1000, CancellationToken.None);
        }
    }

    private async Task SendOnceAsync(string path, int length, int atOnce, string headers, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, stop);
        Interlocked.Increment(ref _open);
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: " +
                    $"{length}\r\n{headers}\r\n"),
                stop);
            await stream.WriteAsync(new byte[atOnce], stop);
            var answered = stream.ReadAsync(new byte[1000], stop).AsTask();
            for (var sent = atOnce; sent + Drip.Length < length && !answered.IsCompleted; sent += Drip.Length)
            {
                await stream.WriteAsync(Drip, stop);
                await Task.WhenAny(answered, Task.Delay(1000, stop));
            }

            Interlocked.Increment(ref _refused);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
