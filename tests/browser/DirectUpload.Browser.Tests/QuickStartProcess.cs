using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests;

/// <summary>samples/QuickStart, with LocalS3 inside or on somebody else's S3.</summary>
public sealed class QuickStartProcess : IAsyncDisposable
{
    private readonly SampleProcess _sample;
    private readonly string _data;
    private readonly FakeClamd _clamd;

    private QuickStartProcess(SampleProcess sample, string s3Endpoint, string data, FakeClamd clamd) =>
        (_sample, S3Endpoint, _data, _clamd) = (sample, s3Endpoint, data, clamd);

    public string Address => _sample.Address;

    public string S3Endpoint { get; }

    public static async Task<QuickStartProcess> StartAsync(S3Access? s3 = null, string bucket = "uploads")
    {
        var data = Directory.CreateTempSubdirectory("quickstart-").FullName;
        var endpoint = s3?.Endpoint ?? $"http://127.0.0.1:{Loopback.GetFreePort()}";
        var clamd = new FakeClamd();
        var settings = new Dictionary<string, string>
        {
            ["DirectUploads__Bucket"] = bucket,
            ["ConnectionStrings__Uploads"] = $"Data Source={Path.Combine(data, "records", "records.db")}",
            ["ClamAv__Port"] = $"{clamd.Port}",
        };
        if (s3 is null)
        {
            settings["LocalS3__Url"] = endpoint;
            settings["LocalS3__DataDirectory"] = data;
        }
        else
        {
            settings["S3__Local"] = "false";
            settings["S3__ServiceUrl"] = s3.Endpoint;
            settings["S3__AccessKey"] = s3.AccessKey;
            settings["S3__SecretKey"] = s3.SecretKey;
            settings["S3__Region"] = s3.Region;
        }

        var quickStart = new QuickStartProcess(new SampleProcess("QuickStart", settings), endpoint, data, clamd);
        await quickStart.RestartAsync();
        // Two fixtures at once must not share the folder of the sample.
        if (s3 is null && !File.Exists(Path.Combine(data, ".lock")))
            throw new InvalidOperationException($"QuickStart ignores LocalS3__DataDirectory: LocalS3 does not use {data}.");
        return quickStart;
    }

    /// <summary>With the records and files that it had.</summary>
    public Task RestartAsync() => _sample.StartAsync();

    /// <inheritdoc cref="SampleProcess.KillAsync"/>
    public Task KillAsync() => _sample.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _sample.DisposeAsync();
        await _clamd.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
