using System.Diagnostics;
using System.Globalization;

namespace DirectUpload.TestKit;

/// <summary>A PostgreSQL that one test may stop and start again, by the scripts of tests/engines, on a free port of this machine.</summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _port;

    private OwnPostgres(string folder, int port) => (_folder, _port) = (folder, port);

    /// <summary>Gives up on a connection after 3 seconds.</summary>
    public string ConnectionString => ConnectionStringAt(_port);

    /// <summary>Gets the port that it listens on, at 127.0.0.1.</summary>
    public int Port => _port;

    /// <summary>Starts one, or skips the test where PostgreSQL is not installed.</summary>
    public static async Task<OwnPostgres> RequireAsync()
    {
        if (PostgresEngine.Find() is null)
            Engine.Require<PostgresEngine>(null, "PostgreSQL", "DIRECTUPLOAD_POSTGRES");
        var port = Loopback.FreePort();
        var folder = await RunAsync(Script("postgres-up.sh"), $"{port}");
        return new(folder.Trim(), port);
    }

    /// <summary>The connection string for another port that leads here.</summary>
    public string ConnectionStringAt(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=directupload;Database=uploads;Timeout=3;Command Timeout=5;Maximum Pool Size=30");

    /// <summary>Stops it as a power cut would.</summary>
    public Task StopAsync() => ControlAsync("-m immediate stop");

    /// <summary>Starts it again, with what it held.</summary>
    public Task StartAgainAsync() =>
        ControlAsync($"-l '{_folder}/log' -w -t 60 -o '-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300' start");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync(Script("postgres-down.sh"), _folder);

    private Task<string> ControlAsync(string what) => RunAsync(
        "bash",
        "-c",
        $"bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1); cd /tmp; as=; [ \"$(id -u)\" != 0 ] || as='runuser -u postgres --'; $as \"$bin/pg_ctl\" -D '{_folder}/db' {what} > /dev/null");

    private static string Script(string name)
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
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
