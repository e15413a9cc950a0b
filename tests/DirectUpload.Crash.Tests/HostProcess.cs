using System.Diagnostics;

namespace DirectUpload.Crash.Tests;

/// <summary>The host, started, killed and started again, always at one address.</summary>
internal sealed class HostProcess(Database database, S3Access s3, string bucket) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly string _url = $"http://127.0.0.1:{Loopback.FreePort()}";
    private Process? _process;
    private int _answers;

    /// <summary>How much later it is for the process after one that died; a lease is 10 seconds.</summary>
    public TimeSpan AheadAfterDeath { get; init; }

    /// <summary>How far ahead its clock is.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>The fault point to die at, once.</summary>
    public string? DieAt { get; set; }

    /// <summary>Where it writes what it has to warn of; null for nowhere.</summary>
    public string? Warnings { get; init; }

    /// <summary>Where its observer writes down what it is told; null for no observer.</summary>
    public string? Told { get; init; }

    /// <summary>Where the next process writes down the fault points that it passes.</summary>
    public string? Log { get; set; }

    public Uri Address => new(_url + "/uploads/");

    /// <summary>How many processes have died of a kill, their own or ours.</summary>
    public int Deaths { get; private set; }

    /// <summary>How many answers clients have had of it, alive or dead since.</summary>
    public int Answers => _answers;

    public bool IsAlive => _process is { HasExited: false };

    /// <summary>Starts a process where none is alive.</summary>
    public async Task EnsureAliveAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (IsAlive)
                return;
            if (_process is not null)
                Bury();
            _process = Process.Start(Start())!;
            // Without a word it was killed before it could say one; how it ended is looked at when it is buried.
            if (await _process.StandardOutput.ReadLineAsync() is null)
                await _process.WaitForExitAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Counts an answer.</summary>
    public void Heard() => Interlocked.Increment(ref _answers);

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process?.Kill();

    /// <summary>Sets its clock ahead.</summary>
    public async Task PassTimeAsync(TimeSpan ahead)
    {
        Ahead = ahead;
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

        Bury();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAlive)
            Kill();
        if (_process is not null)
            await _process.WaitForExitAsync();
        _process?.Dispose();
        _process = null;
    }

    private void Bury()
    {
        _process!.WaitForExit();
        if (_process.ExitCode == 137)
        {
            Deaths++;
            // What the dead one held is held for no longer by the time that the next one starts.
            Ahead += AheadAfterDeath;
        }
        else if (_process.ExitCode != 0)
            throw new InvalidOperationException($"The host ended by itself, with {_process.ExitCode}.");
        _process.Dispose();
        _process = null;
    }

    private ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "DirectUpload.Crash.Host.dll") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var environment = start.Environment;
        (environment["CRASH_URL"], environment["CRASH_BUCKET"], environment["CRASH_AHEAD"]) = (_url, bucket, $"{Ahead}");
        (environment["CRASH_DB_KIND"], environment["CRASH_DB"]) = (database.Kind, database.ConnectionString);
        (environment["CRASH_S3"], environment["CRASH_S3_REGION"]) = (s3.Endpoint, s3.Region);
        (environment["CRASH_S3_ACCESS_KEY"], environment["CRASH_S3_SECRET_KEY"]) = (s3.AccessKey, s3.SecretKey);
        (environment["CRASH_AT"], environment["CRASH_LOG"]) = (Deaths == 0 ? DieAt : null, Log);
        (environment["CRASH_WARNINGS"], environment["CRASH_TOLD"]) = (Warnings, Told);
        return start;
    }
}
