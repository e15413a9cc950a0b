using System.Diagnostics;

namespace UppyDashboard;

/// <summary>A page that Vite builds: <c>npm ci</c> once, <c>npm run build</c> whenever a source is newer than what was built.</summary>
internal static class VitePage
{
    /// <returns>The folder of the built page.</returns>
    public static async Task<string> BuildAsync(string folder)
    {
        var (built, installed) = (Path.Combine(folder, "dist", "index.html"), Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (IsOlder(installed, Path.Combine(folder, "package-lock.json")))
            await NpmAsync(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        if (Directory.EnumerateFiles(folder).Append(installed).Any(source => IsOlder(built, source)))
            await NpmAsync(folder, "run", "build");
        return Path.GetDirectoryName(built)!;
    }

    private static bool IsOlder(string file, string than) => !File.Exists(file) || File.GetLastWriteTimeUtc(file) < File.GetLastWriteTimeUtc(than);

    private static async Task NpmAsync(string folder, params string[] arguments)
    {
        var npm = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", "npm", .. arguments]) : new ProcessStartInfo("npm", arguments);
        npm.WorkingDirectory = folder;
        using var process = Process.Start(npm) ?? throw new InvalidOperationException("npm could not be started.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"npm {string.Join(' ', arguments)} ended with {process.ExitCode}. This sample needs Node.js (20 or later) and a registry to install from.");
    }
}
