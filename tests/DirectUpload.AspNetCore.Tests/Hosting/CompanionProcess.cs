using System.Diagnostics;
using System.Text.Json;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>Real Companion before a bucket.</summary>
internal sealed class CompanionProcess : IAsyncDisposable
{
    private readonly Process _process;

    private CompanionProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<CompanionProcess> StartAsync(S3ServerFixture server)
    {
        var port = Loopback.GetFreePort();
        var settings = JsonSerializer.Serialize(new
        {
            port,
            endpoint = server.Endpoint,
            bucket = server.Bucket,
            region = server.Region,
            key = server.AccessKey,
            secret = server.SecretKey,
        });
        var start = new ProcessStartInfo("node", [CompanionEngine.Require().Script, settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var companion = new CompanionProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        var said = new System.Text.StringBuilder();
        companion._process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        companion._process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        companion._process.BeginErrorReadLine();
        companion._process.BeginOutputReadLine();
        using var http = new HttpClient { BaseAddress = companion.Address };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30)
            && !companion._process.HasExited; await Task.Delay(100))
        {
            try
            {
                await http.GetAsync("/s3/params");
                return companion;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        await companion.DisposeAsync();
        throw new InvalidOperationException($"Companion did not come up: {said}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
