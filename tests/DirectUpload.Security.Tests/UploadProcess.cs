using System.Diagnostics;
using System.Globalization;

namespace DirectUpload.Security.Tests;

/// <summary>An application in a process of its own, under a limit of its memory.</summary>
internal sealed class UploadProcess : IDisposable
{
    private readonly Process _process;

    private UploadProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>The most memory that it has had in RAM, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            var peak = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(peak.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <param name="server">Its storage.</param>
    /// <param name="heapLimit">
    /// The garbage collector's limit, in bytes; three quarters of a container's memory are .NET's own choice.
    /// </param>
    public static async Task<UploadProcess> StartAsync(S3ServerFixture server, long heapLimit)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "DirectUpload.Upload.Process.dll"), server.Access.Endpoint, server.Bucket,
                server.Access.AccessKey, server.Access.SecretKey, server.Access.Region,
            },
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = $"0x{heapLimit:x}" },
        };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The application did not start.");
        return new(process, new Uri(address));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
