using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;

namespace DirectUpload.LocalS3.Tests;

/// <summary>LocalS3 in a process of its own, which can be killed.</summary>
internal sealed class LocalS3Process : IDisposable
{
    private readonly Process _process;

    private LocalS3Process(Process process, string endpoint)
    {
        _process = process;
        var options = new LocalS3Options();
        S3 = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), new AmazonS3Config
        {
            ServiceURL = endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = options.Region,
            MaxErrorRetry = 0,
        });
    }

    public AmazonS3Client S3 { get; }

    public static async Task<LocalS3Process> StartAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "DirectUpload.LocalS3.Process.dll"), folder },
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        var process = Process.Start(start)!;
        return new(
            process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start."));
    }

    /// <summary>SIGKILL: no handler runs, no buffer is flushed by the process.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
        S3.Dispose();
    }
}
