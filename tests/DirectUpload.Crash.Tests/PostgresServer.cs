using System.Diagnostics;

namespace DirectUpload.Crash.Tests;

/// <summary>A PostgreSQL of one test's own, which may be restarted under whoever uses it.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly int _port = Loopback.GetFreePort();
    private string? _folder;

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=directupload;Database=postgres";

    public static async Task<PostgresServer> StartAsync()
    {
        PostgresEngine.Require();
        var server = new PostgresServer();
        server._folder = (await RunAsync("bash", [GetScriptPath("postgres-up.sh"), $"{server._port}"])).Trim();
        return server;
    }

    /// <summary>As after a power cut: no session is waited for, and the log is replayed.</summary>
    public async Task RestartAsync(TimeSpan down)
    {
        await RunPgCtlAsync("stop", "-m", "immediate");
        await Task.Delay(down);
        await RunPgCtlAsync(
            "start", "-w", "-l", $"{_folder}/log", "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
    }

    public async ValueTask DisposeAsync() => await RunAsync("bash", [GetScriptPath("postgres-down.sh"), _folder!]);

    private async Task RunPgCtlAsync(string verb, params string[] more)
    {
        var control = Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin/pg_ctl";
        string[] command = [control, "-D", $"{_folder}/db", verb, .. more];
        if (Environment.UserName == "root")
            await RunAsync("runuser", ["-u", "postgres", "--", .. command]);
        else
            await RunAsync(command[0], command[1..]);
    }

    // Its output goes to a file where the server that it leaves behind would hold a pipe open.
    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            var start =
                new ProcessStartInfo(
                    "bash", ["-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "_", output, program, .. arguments])
                {
                    WorkingDirectory = "/tmp",
                };
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            var said = await File.ReadAllTextAsync(output);
            return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static string GetScriptPath(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DirectUpload.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests", "engines", name);
    }
}
