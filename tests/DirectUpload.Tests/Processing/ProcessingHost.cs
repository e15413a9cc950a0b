using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Tests.Service;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Processing;

/// <summary>A host whose profile has one step, and an upload that waits for it.</summary>
internal static class ProcessingHost
{
    public static UploadHost With(
        Func<UploadProcessingContext, CancellationToken, Task<UploadVerdict>> deed, Action<UploadProfile>? profile = null, Action<DirectUploadOptions>? options = null) => new(
        profile: notes =>
        {
            notes.ProcessWith<Step>();
            profile?.Invoke(notes);
        },
        options: options,
        configure: services => services.AddSingleton(deed));

    public static UploadHost With(Action<UploadProcessingContext> deed) => With((context, _) =>
    {
        deed(context);
        return Task.FromResult(UploadVerdict.Accept);
    });

    /// <summary>Granted, sent and confirmed.</summary>
    public static async Task<UploadGrant> ArrivedAsync(this UploadHost host)
    {
        var grant = await host.UploadAsync();
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Uploaded, "the worker processes it");
        return grant;
    }

    /// <summary>Runs the worker as often as it takes, with time passing.</summary>
    public static async Task RunWorkerFor(this UploadHost host, TimeSpan time)
    {
        for (var end = host.Clock.GetUtcNow() + time; host.Clock.GetUtcNow() < end; host.Clock.Advance(TimeSpan.FromSeconds(10)))
            await host.Worker.RunOnceAsync();
    }
}
