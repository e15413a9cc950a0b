using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DirectUpload.TestKit;

/// <summary>As much of clamd as INSTREAM needs: it takes chunks up to its limit, and finds one virus, which the whole industry has agreed on for tests.</summary>
public sealed class FakeClamd : IAsyncDisposable
{
    /// <summary>Harmless, and taken for a virus by every scanner. Source: https://www.eicar.org/download-anti-malware-testfile/ (in two halves, so that none finds it here).</summary>
    public static readonly string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
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

    /// <summary>Takes everything and says nothing.</summary>
    public bool IsMute { get; set; }

    /// <summary>Hangs up on whoever comes.</summary>
    public bool HangsUp { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var visits = new List<Task>();
        try
        {
            while (true)
                visits.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
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
                if (HangsUp)
                    return;
                var connection = client.GetStream();
                var answer = await ScanAsync(connection, _end.Token);
                if (IsMute)
                    await Task.Delay(Timeout.Infinite, _end.Token);
                await connection.WriteAsync(Encoding.ASCII.GetBytes(answer + "\0"), _end.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The other side, or the test, has ended.
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
                return Encoding.Latin1.GetString(content.ToArray()).Contains(Eicar, StringComparison.Ordinal) ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
            if (content.Length + size > _limit)
                return "INSTREAM size limit exceeded. ERROR";
            var chunk = new byte[size];
            await connection.ReadExactlyAsync(chunk, cancellationToken);
            content.Write(chunk);
        }
    }
}
