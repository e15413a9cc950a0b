using DirectUpload.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Uses the .NET client in an app.</summary>
internal sealed class Devices(string dataFolder)
{
    public static void Register(IServiceCollection services)
    {
        services.AddDirectUploadClient(o => o.ServerAddress = new Uri("https://app.example.com/uploads"))
            .AddHttpMessageHandler<SignInHandler>();   // your handler; it adds your application's credentials, which S3 never receives
    }

    public static async Task<string> UploadAsync(
        DirectUploadClient client, string path, IProgress<FileUploadProgress> progress, CancellationToken cancellationToken)
    {
        var result = await client.UploadAsync(
            FileUploadSource.FromFile(path),
            new FileUploadRequest { Profile = "film", ContentType = "video/mp4" },
            new FileUploadOptions { Progress = progress },
            cancellationToken);

        return result.Id;
    }

    public async Task<FileUploadResult> ResumableAsync(DirectUploadClient client, string path)
    {
        var stateFile = new FileUploadStateFile(Path.Combine(dataFolder, "upload.json"));
        var source = FileUploadSource.FromFile(path);
        var result = await stateFile.LoadAsync() is { } state
            ? await client.ResumeAsync(state, source)
            : await client.UploadAsync(
                source, new FileUploadRequest { Profile = "film" }, new FileUploadOptions { OnStateCreated = stateFile.SaveAsync });
        stateFile.Delete();

        return result;
    }

    public static async Task PausedAsync(
        DirectUploadClient client, FileUploadSource source, FileUploadRequest request, CancellationToken cancellationToken)
    {
        var pause = new FileUploadPause();
        var options = new FileUploadOptions { Pause = pause, AbortOnCancellation = true };
        var uploading = client.UploadAsync(source, request, options, cancellationToken);
        pause.Pause();       // no byte is sent until Resume
        pause.Resume();

        await uploading;
    }

    private sealed class SignInHandler : DelegatingHandler;
}
