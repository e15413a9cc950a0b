using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace DirectUpload.Benchmarks.Grants;

/// <summary>Uppy's server, Companion, before a bucket: the one whose start script DIRECTUPLOAD_COMPANION names.</summary>
internal sealed class CompanionServer : IGrantServer
{
    public const string Variable = "DIRECTUPLOAD_COMPANION";

    private readonly Process _process;

    private CompanionServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Prefix => string.Empty;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<CompanionServer> StartAsync(Uri storage)
    {
        var script = Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException($"Set {Variable} to the script that starts Companion: tests/engines/up installs it.");
        var port = GetFreePort();
        var settings = JsonSerializer.Serialize(new
        {
            port,
            endpoint = storage.AbsoluteUri.TrimEnd('/'),
            bucket = Processes.StorageProcess.Bucket,
            region = Processes.StorageProcess.Region,
            key = Processes.StorageProcess.AccessKey,
            secret = Processes.StorageProcess.SecretKey,
        });
        var start = new ProcessStartInfo("node", [script, settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_ENV"] = "production" },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var attempt = 0; attempt < 300 && !process.HasExited; attempt++)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return new(process, port);
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException("Companion did not start.");
    }

    public Task ForgetAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int GetFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
