using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;

namespace DirectUpload.ClamAv.Tests;

/// <summary>The same against Debian's clamd, which knows one signature: ours.</summary>
public sealed class ClamAvEngineTests : IAsyncLifetime
{
    private const int Limit = 1 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("clamd-").FullName;
    private readonly int _port = Loopback.GetFreePort();
    private Process? _clamd;

    public async ValueTask InitializeAsync()
    {
        if (ClamAvEngine.Find() is not { } engine)
            return;
        var database = Directory.CreateDirectory(Path.Combine(_folder, "db")).FullName;
        // name : any file type : any offset : the bytes in hexadecimal
        await File.WriteAllTextAsync(
            Path.Combine(database, "own.ndb"), $"Own.Eicar:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(FakeClamd.Eicar))}\n");
        var configuration = Path.Combine(_folder, "clamd.conf");
        await File.WriteAllTextAsync(configuration, $"""
            DatabaseDirectory {database}
            TCPSocket {_port}
            TCPAddr 127.0.0.1
            StreamMaxLength {Limit}
            Foreground yes

            """);
        _clamd = Process.Start(new ProcessStartInfo(engine.Path, ["--config-file", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await WaitUntilRespondingAsync();
    }

    [Fact]
    public async Task Find_RealClamd_MatchesTheFake()
    {
        ClamAvEngine.Require();
        var clamAv = new VirusScan.ClamAvClient(Options.Create(new ClamAvOptions { Port = _port }));

        (await clamAv.ScanAsync(new MemoryStream(new byte[300_000]), CancellationToken.None)).Should().BeNull();
        (await clamAv.ScanAsync(new MemoryStream([]), CancellationToken.None)).Should().BeNull();
        (await clamAv.ScanAsync(
            new MemoryStream([.. new byte[65_500], .. Encoding.ASCII.GetBytes(FakeClamd.Eicar)]),
            CancellationToken.None)).Should().Be("Own.Eicar.UNOFFICIAL");
        var tooLarge = () => clamAv.ScanAsync(new MemoryStream(new byte[10 * Limit]), CancellationToken.None);
        (await tooLarge.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*size limit exceeded*");
    }

    public async ValueTask DisposeAsync()
    {
        if (_clamd is not null)
        {
            _clamd.Kill();
            await _clamd.WaitForExitAsync();
            _clamd.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilRespondingAsync()
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1);)
        {
            if (_clamd!.HasExited)
                throw new InvalidOperationException(
                    $"clamd ended: {await _clamd.StandardError.ReadToEndAsync()}{await _clamd.StandardOutput.ReadToEndAsync()}");
            try
            {
                using var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync("127.0.0.1", _port);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("clamd did not come up.");
    }
}
