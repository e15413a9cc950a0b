using System.Diagnostics;
using System.Reflection;
using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests;

/// <summary>samples/QuickStart as its own process on a free port, with LocalS3 inside or on somebody else's S3.</summary>
public sealed class QuickStartProcess : IAsyncDisposable
{
    private readonly ProcessStartInfo _start;
    private readonly string _data;
    private readonly FakeClamd _clamd;
    private Process? _process;

    private QuickStartProcess(ProcessStartInfo start, string address, string s3Endpoint, string data, FakeClamd clamd) =>
        (_start, Address, S3Endpoint, _data, _clamd) = (start, address, s3Endpoint, data, clamd);

    public string Address { get; }

    public string S3Endpoint { get; }

    public static async Task<QuickStartProcess> StartAsync(S3Access? s3 = null, string bucket = "uploads")
    {
        var data = Directory.CreateTempSubdirectory("quickstart-").FullName;
        var address = $"http://127.0.0.1:{Loopback.FreePort()}";
        var endpoint = s3?.Endpoint ?? $"http://127.0.0.1:{Loopback.FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Metadata("QuickStartAssembly")])
        {
            WorkingDirectory = Metadata("QuickStartFolder"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Urls"] = address;
        start.Environment["DirectUploads__Bucket"] = bucket;
        start.Environment["ConnectionStrings__Uploads"] = $"Data Source={Path.Combine(data, "records", "records.db")}";
        var clamd = new FakeClamd();
        start.Environment["ClamAv__Port"] = $"{clamd.Port}";
        if (s3 is null)
        {
            start.Environment["LocalS3__Url"] = endpoint;
            start.Environment["LocalS3__DataDirectory"] = data;
        }
        else
        {
            start.Environment["S3__Local"] = "false";
            start.Environment["S3__ServiceUrl"] = s3.Endpoint;
            start.Environment["S3__AccessKey"] = s3.AccessKey;
            start.Environment["S3__SecretKey"] = s3.SecretKey;
            start.Environment["S3__Region"] = s3.Region;
        }

        var quickStart = new QuickStartProcess(start, address, endpoint, data, clamd);
        await quickStart.StartAgainAsync();
        return quickStart;
    }

    /// <summary>With the records and files that it had.</summary>
    public async Task StartAgainAsync()
    {
        _process = Process.Start(_start)!;
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

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _clamd.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task WaitUntilUpAsync(Func<string> output)
    {
        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60);)
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

        throw new InvalidOperationException($"QuickStart did not come up at {Address}:\n{output()}");
    }

    private static string Metadata(string key) =>
        typeof(QuickStartProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
