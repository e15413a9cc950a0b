using DirectUpload.Processing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Tests.Fixtures;

/// <summary>A host whose profile has one step, and an upload that waits for it.</summary>
internal static class ProcessingHost
{
    public static UploadHost Create(
        Func<UploadProcessingContext, CancellationToken, Task<ProcessingResult>> deed, Action<UploadProfile>? profile = null,
        Action<DirectUploadOptions>? options = null) => new(
        profile: notes =>
        {
            notes.AddProcessor<DelegateProcessor>();
            profile?.Invoke(notes);
        },
        options: options,
        configure: services => services.AddSingleton(deed));

    public static UploadHost Create(Action<UploadProcessingContext> deed) => Create((context, _) =>
    {
        deed(context);
        return Task.FromResult(ProcessingResult.Accept);
    });

    /// <summary>Granted, sent and confirmed.</summary>
    public static async Task<UploadGrant> UploadAndConfirmAsync(this UploadHost host)
    {
        var grant = await host.UploadAsync();
        (await host.ConfirmAsync(grant)).Value!.Status.Should().Be(UploadStatus.Uploaded, "the worker processes it");
        return grant;
    }

    /// <summary>Runs the worker as often as it takes, with time passing.</summary>
    public static Task RunWorkerForAsync(this UploadHost host, TimeSpan time) => host.RunWorkerAsync(host.Clock, time);

    /// <summary>Runs the worker as often as it takes, with the time of a clock passing that several hosts share.</summary>
    public static async Task RunWorkerAsync(this UploadHost host, FakeTimeProvider clock, TimeSpan time)
    {
        for (var end = clock.GetUtcNow() + time; clock.GetUtcNow() < end; clock.Advance(TimeSpan.FromSeconds(10)))
            await host.Worker.RunOnceAsync();
    }
}
