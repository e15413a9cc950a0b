using System.Diagnostics;
using System.Reflection;
using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests;

/// <summary>One of the samples, as a process of its own on a free port, as a person would start it.</summary>
public sealed class SampleProcess(string name, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private Process? _process;

    /// <summary>The folder of the repository's solution.</summary>
    public static string RepositoryFolder { get; } = Path.GetDirectoryName(Metadata("SamplesFolder"))!;

    public static string SamplesFolder => Metadata("SamplesFolder");

    public string Address { get; } = $"http://127.0.0.1:{Loopback.GetFreePort()}";

    /// <summary>The first time, or again: with whatever its folders hold.</summary>
    public async Task StartAsync()
    {
        var folder = Path.Combine(SamplesFolder, name);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "bin", Metadata("Configuration"), "net10.0", $"{name}.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Urls"] = Address;
        foreach (var (setting, value) in settings)
            start.Environment[setting] = value;
        _process = Process.Start(start)!;
        var output = new List<string>();
        _process.OutputDataReceived += (_, line) => { lock (output) output.Add(line.Data ?? string.Empty); };
        _process.ErrorDataReceived += (_, line) => { lock (output) output.Add(line.Data ?? string.Empty); };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilUpAsync(() => { lock (output) return string.Join('\n', output); });
    }

    /// <summary>SIGKILL: nothing in it can prepare for this.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task WaitUntilUpAsync(Func<string> output)
    {
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(90);)
        {
            if (_process!.HasExited)
                break;
            try
            {
                if ((await http.GetAsync(Address)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            }
        }

        throw new InvalidOperationException($"{name} did not come up at {Address}:\n{output()}");
    }

    private static string Metadata(string key) =>
        typeof(SampleProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
