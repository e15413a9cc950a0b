using System.Diagnostics;

namespace UppyDashboard;

/// <summary>Builds the page with Vite: <c>npm ci</c> once, and <c>npm run build</c> if a source file is newer than the build.</summary>
internal static class VitePage
{
    /// <returns>The folder of the built page.</returns>
    public static async Task<string> BuildAsync(string folder)
    {
        var (built, installed) = (Path.Combine(folder, "dist", "index.html"), Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (IsOutdated(installed, Path.Combine(folder, "package-lock.json")))
            await RunNpmAsync(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        if (EnumerateSources(folder).Append(installed).Any(source => IsOutdated(built, source)))
            await RunNpmAsync(folder, "run", "build");
        return Path.GetDirectoryName(built)!;
    }

    private static IEnumerable<string> EnumerateSources(string folder) => Directory.EnumerateDirectories(folder)
        .Where(child => Path.GetFileName(child) is not ("dist" or "node_modules"))
        .SelectMany(EnumerateSources)
        .Concat(Directory.EnumerateFiles(folder));

    private static bool IsOutdated(string file, string than) =>
        !File.Exists(file) || File.GetLastWriteTimeUtc(file) < File.GetLastWriteTimeUtc(than);

    private static async Task RunNpmAsync(string folder, params string[] arguments)
    {
        var npm = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", "npm", .. arguments])
            : new ProcessStartInfo("npm", arguments);
        npm.WorkingDirectory = folder;
        using var process = Process.Start(npm)
            ?? throw new InvalidOperationException("npm could not be started. Install Node.js 20 or later.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"npm {string.Join(' ', arguments)} exited with code {process.ExitCode}. "
                + "This sample needs Node.js 20 or later and access to an npm registry.");
    }
}
