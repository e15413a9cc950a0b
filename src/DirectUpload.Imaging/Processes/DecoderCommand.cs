using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DirectUpload.Imaging.Protocol;
using DirectUpload.Processing;

namespace DirectUpload.Imaging.Processes;

/// <summary>Creates the command that starts a decoder with the application's own runtime and dependencies.</summary>
internal static class DecoderCommand
{
    private const string AssemblyFile = "DirectUpload.Imaging.dll";

    /// <summary>The variables that the runtime and the native libraries need; a secret of the application is in none of them.</summary>
    private static readonly string[] Inherited = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP"];

    /// <exception cref="ProcessorUnavailableException">The application can start no decoder.</exception>
    public static ProcessStartInfo Create(ImagingOptions options)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory),
        };
        SetCommand(start);
        SetEnvironment(start.Environment, options);
        return start;
    }

    private static void SetCommand(ProcessStartInfo start)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, AssemblyFile);
        if (FindDotNet() is { } dotnet && File.Exists(assembly))
        {
            start.FileName = dotnet;
            start.ArgumentList.Add("exec");
            // The application's own files: they say which runtime it uses, and where NetVips and its native library are.
            if ((AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';')[0] is { Length: > 0 } dependencies
                && dependencies.EndsWith(".deps.json", StringComparison.Ordinal))
            {
                var runtime = Path.ChangeExtension(Path.ChangeExtension(dependencies, null), ".runtimeconfig.json");
                foreach (var argument in (string[])["--runtimeconfig", runtime, "--depsfile", dependencies])
                    start.ArgumentList.Add(argument);
            }

            start.ArgumentList.Add(assembly);
        }
        else if (ImageProcess.IsCalled && Environment.ProcessPath is { } application)
        {
            start.FileName = application;
        }
        else
        {
            throw new ProcessorUnavailableException(
                $"The separate process that decodes images could not be started: there is no {AssemblyFile} in {AppContext.BaseDirectory}, "
                + "or no dotnet that could run it. In an application that is published as a single file or self-contained, let the first "
                + "line be: if (ImageProcess.TryRun()) return;");
        }
    }

    private static string? FindDotNet()
    {
        // The runtime is in shared/Microsoft.NETCore.App/VERSION; an application that contains its runtime has no dotnet above it.
        var dotnet = Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(dotnet) ? Path.GetFullPath(dotnet) : null;
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, ImagingOptions options)
    {
        environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                environment[name] = value;
        }

        if (FindDotNet() is { } dotnet)
            environment["DOTNET_ROOT"] = Path.GetDirectoryName(dotnet);
        environment[DecoderEnvironment.MemoryLimit] = options.MemoryLimit.ToString(CultureInfo.InvariantCulture);
        environment[DecoderEnvironment.Timeout] = options.Timeout.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        // The heap of .NET is small beside that of libvips, and one thread is enough for one image.
        environment["DOTNET_GCHeapHardLimit"] = options.MemoryLimit.ToString("X", CultureInfo.InvariantCulture);
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_EnableWriteXorExecute"] = "0";
        environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        environment["MALLOC_ARENA_MAX"] = "2";
        environment["VIPS_CONCURRENCY"] = "1";
        environment["VIPS_WARNING"] = "0";
    }
}
