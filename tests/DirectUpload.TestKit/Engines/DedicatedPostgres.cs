using System.Diagnostics;
using System.Globalization;

namespace DirectUpload.TestKit;

/// <summary>Runs a PostgreSQL on a free port for one test, which may stop and restart it.</summary>
public sealed class DedicatedPostgres : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _port;

    private DedicatedPostgres(string folder, int port) => (_folder, _port) = (folder, port);

    /// <summary>The connection string, with a connection timeout of 3 seconds.</summary>
    public string ConnectionString => GetConnectionString(_port);

    /// <summary>Gets the port at 127.0.0.1.</summary>
    public int Port => _port;

    /// <summary>Starts PostgreSQL with the scripts of tests/engines, or skips the test if it is not installed.</summary>
    public static async Task<DedicatedPostgres> RequireAsync()
    {
        if (PostgresEngine.Find() is null)
            Engine.Require<PostgresEngine>(null, "PostgreSQL", "DIRECTUPLOAD_POSTGRES");
        var port = Loopback.GetFreePort();
        var folder = await RunAsync(GetScriptPath("postgres-up.sh"), $"{port}");
        return new(folder.Trim(), port);
    }

    /// <summary>Returns the connection string for another port that forwards to this one.</summary>
    public string GetConnectionString(int port) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port};Username=directupload;Database=uploads;Timeout=3;Command Timeout=5;Maximum Pool Size=30");

    /// <summary>Stops it without a shutdown, as a power failure does.</summary>
    public Task StopAsync() => RunPgCtlAsync("-m immediate stop");

    /// <summary>Starts it again with the same data.</summary>
    public Task StartAsync() =>
        RunPgCtlAsync(
            $"-l '{_folder}/log' -w -t 60 -o '-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c " +
            "max_connections=300' start");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync(GetScriptPath("postgres-down.sh"), _folder);

    private Task<string> RunPgCtlAsync(string what) => RunAsync(
        "bash",
        "-c",
        "bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1); cd /tmp; as=; [ \"$(id -u)\" != 0 ] || as='runuser -u postgres " +
        $"--'; $as \"$bin/pg_ctl\" -D '{_folder}/db' {what} > /dev/null");

    private static string GetScriptPath(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DirectUpload.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "engines", name);
    }

    private static async Task<string> RunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
