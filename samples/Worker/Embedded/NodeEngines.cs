using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace WorkerSample.Embedded;

/// <summary>Runs DynamoDB and SQS from npm in a Node.js process, which ends with this one.</summary>
internal sealed class NodeEngines : IAsyncDisposable
{
    private const string Requirement = "This sample needs Node.js 20 or later with npm, and access to an npm registry at its first start.";

    private readonly Process _node;

    private NodeEngines(Process node, JsonElement addresses)
    {
        _node = node;
        DynamoDB = addresses.GetProperty("dynamoDB").GetString()!;
        Sqs = addresses.GetProperty("sqs").GetString()!;
    }

    public string DynamoDB { get; }

    public string Sqs { get; }

    /// <param name="folder">The folder with start.js; its packages are installed if they are missing.</param>
    /// <exception cref="InvalidOperationException">Node.js or npm is missing, or has failed.</exception>
    public static async Task<NodeEngines> StartAsync(string folder)
    {
        // npm writes this file last.
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            await InstallAsync(folder);
        var node = Start(folder, "node", "start.js");
        if (await node.StandardOutput.ReadLineAsync() is { } addresses)
            return new NodeEngines(node, JsonElement.Parse(addresses));
        await node.WaitForExitAsync();
        throw new InvalidOperationException($"node start.js exited with code {node.ExitCode}. {Requirement}");
    }

    public async ValueTask DisposeAsync()
    {
        // It ends by itself when its standard input does.
        _node.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _node.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _node.Kill();
        }

        _node.Dispose();
    }

    private static async Task InstallAsync(string folder)
    {
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        using var npm = OperatingSystem.IsWindows() ? Start(folder, "cmd", ["/c", "npm", .. arguments]) : Start(folder, "npm", arguments);
        await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci exited with code {npm.ExitCode}. {Requirement}");
    }

    private static Process Start(string folder, string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"{program} could not be started: {missing.Message}. {Requirement}", missing);
        }
    }
}
