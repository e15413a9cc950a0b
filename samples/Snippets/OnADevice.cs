using DirectUpload.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>The client, in an app.</summary>
internal sealed class OnADevice(string dataFolder)
{
    public static void Register(IServiceCollection services)
    {
        services.AddDirectUploadClient(o => o.ServerAddress = new Uri("https://app.example.com/uploads"))
            .AddHttpMessageHandler<SignIn>();   // yours: for your application only, storage never sees it
    }

    public static async Task<string> UploadAsync(DirectUploadClient client, string path, IProgress<UploadProgress> progress, CancellationToken cancellationToken)
    {
        var result = await client.UploadAsync(
            UploadSource.FromFile(path),
            new UploadRequest { Profile = "film", ContentType = "video/mp4" },
            new TransferOptions { Progress = progress },
            cancellationToken);

        return result.Id;
    }

    public async Task<UploadResult> ThatSurvivesAsync(DirectUploadClient client, string path)
    {
        var kept = new UploadStateFile(Path.Combine(dataFolder, "upload.json"));
        var source = UploadSource.FromFile(path);
        var result = await kept.LoadAsync() is { } state
            ? await client.ResumeAsync(state, source)
            : await client.UploadAsync(source, new UploadRequest { Profile = "film" }, new TransferOptions { SaveState = kept.SaveAsync });
        kept.Delete();

        return result;
    }

    public static async Task HeldAsync(DirectUploadClient client, UploadSource source, UploadRequest request, CancellationToken cancellationToken)
    {
        var pause = new UploadPause();
        var uploading = client.UploadAsync(source, request, new TransferOptions { Pause = pause, AbortOnCancel = true }, cancellationToken);
        pause.Pause();       // no byte goes until
        pause.Continue();

        await uploading;
    }

    private sealed class SignIn : DelegatingHandler;
}
