extern alias Worker;

using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Worker::WorkerSample;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>samples/Worker as a program, with the engines that it starts itself.</summary>
public sealed class WorkerEnginesTests : IAsyncDisposable
{
    private readonly string _url = $"http://127.0.0.1:{Loopback.GetFreePort()}";
    private readonly string _temporary = Directory.CreateTempSubdirectory("worker-").FullName;
    private readonly HttpClient _http = new();
    private Process? _program;

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_UploadWithoutConfirm_IsReady()
    {
        Start(WorkerNodeEngine.Require().Folder);
        await WaitForLineAsync("The API listens");
        var content = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        using var granted = await _http.PostAsJsonAsync(
            $"{_url}/uploads", new { profile = "photo", fileName = "a.png", contentType = "image/png", size = content.Length }, Canceled);
        var grant = (await granted.Content.ReadFromJsonAsync<JsonElement>(Canceled)).GetProperty("upload");
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new("image/png");
        (await _http.PutAsync(grant.GetProperty("url").GetString(), body, Canceled)).EnsureSuccessStatusCode();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await GetStatusAsync(patience.Token) != "ready")
            await Task.Delay(100, patience.Token);
    }

    [Fact]
    public async Task Program_Stopped_LeavesNothingBehind()
    {
        Start(WorkerNodeEngine.Require().Folder);
        await WaitForLineAsync("The API listens");
        var node = FindChildren(_program!.Id).Should().ContainSingle("Node.js runs both engines").Subject;

        using (var kill = Process.Start("kill", ["-TERM", $"{_program.Id}"]))
            await kill.WaitForExitAsync(Canceled);
        await WaitForExitAsync();

        _program.ExitCode.Should().Be(0);
        await WaitUntilEndedAsync(node);
        Directory.EnumerateFileSystemEntries(_temporary).Should().BeEmpty();
    }

    [Fact]
    public async Task Program_Killed_EndsItsEngines()
    {
        Start(WorkerNodeEngine.Require().Folder);
        await WaitForLineAsync("The API listens");
        var node = FindChildren(_program!.Id).Should().ContainSingle().Subject;

        _program.Kill(entireProcessTree: false);

        await WaitUntilEndedAsync(node);
    }

    [Fact]
    public async Task Program_WithoutNode_NamesWhatIsMissing()
    {
        Start(Directory.CreateDirectory(Path.Combine(_temporary, "engines")).FullName, path: "");

        await WaitForExitAsync();

        _program!.ExitCode.Should().Be(1);
        (await _program.StandardError.ReadToEndAsync(Canceled)).Should().Contain("This sample needs Node.js 20 or later with npm");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_program is { HasExited: false })
            _program.Kill(entireProcessTree: true);
        if (_program is not null)
            await _program.WaitForExitAsync();
        _program?.Dispose();
        Directory.Delete(_temporary, recursive: true);
    }

    // Linux lists the children of each thread.
    private static IEnumerable<int> FindChildren(int process) => Directory.GetDirectories($"/proc/{process}/task")
        .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse);

    private static async Task WaitUntilEndedAsync(int process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // A process that ended and that no other process waited for is still listed.
        while (File.Exists($"/proc/{process}/stat") && !(await File.ReadAllTextAsync($"/proc/{process}/stat")).Contains(") Z "))
            await Task.Delay(50, patience.Token);
    }

    private async Task<string?> GetStatusAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<JsonElement>($"{_url}/records", cancellationToken))[0].GetProperty("status").GetString();

    private void Start(string engines, string? path = null)
    {
        var program = new ProcessStartInfo("dotnet",
        [
            typeof(ApiHost).Assembly.Location, $"--Urls={_url}", $"--LocalS3:Url=http://127.0.0.1:{Loopback.GetFreePort()}",
            $"--Engines={engines}",
        ])
        {
            // Not the test program's folder, which has the settings of other samples.
            WorkingDirectory = WorkerApplication.ContentRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TMPDIR"] = _temporary },
        };
        if (path is not null)
            program.Environment["PATH"] = path;
        _program = Process.Start(program)!;
    }

    private async Task WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _program!.WaitForExitAsync(patience.Token);
    }

    private async Task WaitForLineAsync(string start)
    {
        while (await _program!.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(start, StringComparison.Ordinal))
                continue;
            // Unread output would block the program.
            _ = _program.StandardOutput.ReadToEndAsync();
            return;
        }

        Assert.Fail(await _program.StandardError.ReadToEndAsync());
    }
}
