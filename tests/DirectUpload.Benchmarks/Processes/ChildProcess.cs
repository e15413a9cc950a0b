using System.Diagnostics;
using System.Globalization;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>
/// This program once more, in a process of its own, so that what it uses is its own. It serves until its parent lets go of it.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it has used of the processors, in user and in kernel mode.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that it has ever held, in bytes (the resident set).</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public static async Task<ChildProcess> StartAsync(params string[] args)
    {
        var process = Process.Start(WithServerGarbageCollector(
            new(Environment.ProcessPath!, args) { RedirectStandardInput = true, RedirectStandardOutput = true }))!;
        var address = await process.StandardOutput.ReadLineAsync();
        return new(
            process, new Uri(address ?? throw new InvalidOperationException($"The process for {string.Join(' ', args)} did not start.")));
    }

    /// <summary>Sets what the Web SDK sets for every application.</summary>
    public static ProcessStartInfo WithServerGarbageCollector(ProcessStartInfo start)
    {
        start.Environment["DOTNET_gcServer"] = "1";
        return start;
    }

    /// <summary>Stops it where it is (SIGSTOP), so that it uses nothing and takes nothing from others.</summary>
    public void Pause() => Send("STOP");

    /// <summary>Lets it go on after <see cref="Pause"/>.</summary>
    public void Resume() => Send("CONT");

    /// <summary>The child's side: tells the parent where it listens, and returns when the parent has let go, or has died.</summary>
    public static async Task ServeAsync(Uri address)
    {
        Console.WriteLine(address);
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        Resume();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Send(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
