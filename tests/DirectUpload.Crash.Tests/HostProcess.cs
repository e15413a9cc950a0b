using System.Diagnostics;

namespace DirectUpload.Crash.Tests;

/// <summary>The host, started, killed and started again, always at one address.</summary>
internal sealed class HostProcess(Database database, S3Access s3, string bucket) : IAsyncDisposable
{
    private readonly SemaphoreSlim _startLock = new(1);
    private readonly string _url = $"http://127.0.0.1:{Loopback.GetFreePort()}";
    // A client may start the next process while another one kills or looks at this one, so none is disposed before the end.
    private readonly List<Process> _processes = [];
    private Process? _process;
    private int _responses;

    /// <summary>How much later it is for the process after one that died; a lease is 10 seconds.</summary>
    public TimeSpan ClockOffsetAfterCrash { get; init; }

    /// <summary>How far ahead its clock is.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>The fault point to die at, once.</summary>
    public string? CrashAt { get; set; }

    /// <summary>Where it writes what it has to warn of; null for nowhere.</summary>
    public string? WarningLog { get; init; }

    /// <summary>Where its observer writes down what it is told; null for no observer.</summary>
    public string? NotificationLog { get; init; }

    /// <summary>Whether the application has members that refer to uploads.</summary>
    public bool HasMembers { get; init; }

    /// <summary>Where the next process writes down the fault points that it passes.</summary>
    public string? FaultPointLog { get; set; }

    public Uri Address => new(_url + "/uploads/");

    public Uri MembersAddress => new(_url + "/members/");

    /// <summary>How many processes have died of a kill, their own or ours.</summary>
    public int Crashes { get; private set; }

    /// <summary>How many answers clients have had of it, alive or dead since.</summary>
    public int Responses => _responses;

    public bool IsAlive => _process is { HasExited: false };

    /// <summary>Starts a process where none is alive.</summary>
    public async Task EnsureAliveAsync()
    {
        await _startLock.WaitAsync();
        try
        {
            if (IsAlive)
                return;
            if (_process is not null)
                HandleExit();
            _process = Process.Start(CreateStartInfo())!;
            _processes.Add(_process);
            // Without a word it was killed before it could say one; how it ended is looked at when it is buried.
            if (await _process.StandardOutput.ReadLineAsync() is null)
                await _process.WaitForExitAsync();
        }
        finally
        {
            _startLock.Release();
        }
    }

    /// <summary>Counts an answer.</summary>
    public void CountResponse() => Interlocked.Increment(ref _responses);

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process?.Kill();

    /// <summary>Sets its clock ahead.</summary>
    public async Task AdvanceClockAsync(TimeSpan ahead)
    {
        ClockOffset = ahead;
        await EnsureAliveAsync();
        try
        {
            await _process!.StandardInput.WriteLineAsync($"{ahead}");
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It died before it could read; the next one is told when it starts.
            await EnsureAliveAsync();
        }
    }

    public async Task StopAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
        }

        HandleExit();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        foreach (var process in _processes)
        {
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _processes.Clear();
        _process = null;
    }

    private void HandleExit()
    {
        _process!.WaitForExit();
        if (_process.ExitCode == 137)
        {
            Crashes++;
            // What the dead one held is held for no longer by the time that the next one starts.
            ClockOffset += ClockOffsetAfterCrash;
        }
        else if (_process.ExitCode != 0)
            throw new InvalidOperationException($"The host ended by itself, with {_process.ExitCode}.");
    }

    private ProcessStartInfo CreateStartInfo()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "DirectUpload.Crash.Host.dll") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var environment = start.Environment;
        (environment["CRASH_URL"], environment["CRASH_BUCKET"], environment["CRASH_AHEAD"]) = (_url, bucket, $"{ClockOffset}");
        (environment["CRASH_DB_KIND"], environment["CRASH_DB"]) = (database.Kind, database.ConnectionString);
        (environment["CRASH_S3"], environment["CRASH_S3_REGION"]) = (s3.Endpoint, s3.Region);
        (environment["CRASH_S3_ACCESS_KEY"], environment["CRASH_S3_SECRET_KEY"]) = (s3.AccessKey, s3.SecretKey);
        (environment["CRASH_AT"], environment["CRASH_LOG"]) = (Crashes == 0 ? CrashAt : null, FaultPointLog);
        (environment["CRASH_WARNINGS"], environment["CRASH_TOLD"]) = (WarningLog, NotificationLog);
        environment["CRASH_MEMBERS"] = HasMembers ? "true" : null;
        return start;
    }
}
