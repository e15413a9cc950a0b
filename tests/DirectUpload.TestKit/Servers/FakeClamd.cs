using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DirectUpload.TestKit;

/// <summary>Implements clamd's INSTREAM command: it accepts chunks up to its limit and detects the EICAR test file.</summary>
public sealed class FakeClamd : IAsyncDisposable
{
    /// <summary>The harmless test file that every scanner reports as a virus.</summary>
    /// <remarks>
    /// It has two halves, so that no scanner reports this source file. Source: https://www.eicar.org/download-anti-malware-testfile/
    /// </remarks>
    public static readonly string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;
    private readonly int _limit;

    /// <param name="limit">clamd's StreamMaxLength, in bytes.</param>
    public FakeClamd(int limit = 1 << 20)
    {
        _limit = limit;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Accepts everything and never responds.</summary>
    public bool IsUnresponsive { get; set; }

    /// <summary>Closes each connection at once.</summary>
    public bool ClosesConnections { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var visits = new List<Task>();
        try
        {
            while (true)
                visits.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            await Task.WhenAll(visits);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                if (ClosesConnections)
                    return;
                var connection = client.GetStream();
                var answer = await ScanAsync(connection, _stopping.Token);
                if (IsUnresponsive)
                    await Task.Delay(Timeout.Infinite, _stopping.Token);
                await connection.WriteAsync(Encoding.ASCII.GetBytes(answer + "\0"), _stopping.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client has disconnected, or the test has ended.
            }
        }
    }

    private async Task<string> ScanAsync(NetworkStream connection, CancellationToken cancellationToken)
    {
        var command = new byte["zINSTREAM\0".Length];
        await connection.ReadExactlyAsync(command, cancellationToken);
        if (!command.AsSpan().SequenceEqual("zINSTREAM\0"u8))
            return "UNKNOWN COMMAND";
        var length = new byte[sizeof(int)];
        using var content = new MemoryStream();
        while (true)
        {
            await connection.ReadExactlyAsync(length, cancellationToken);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0)
                return Encoding.Latin1.GetString(content.ToArray()).Contains(Eicar, StringComparison.Ordinal)
                    ? "stream: Eicar-Test-Signature FOUND"
                    : "stream: OK";
            if (content.Length + size > _limit)
                return "INSTREAM size limit exceeded. ERROR";
            var chunk = new byte[size];
            await connection.ReadExactlyAsync(chunk, cancellationToken);
            content.Write(chunk);
        }
    }
}
