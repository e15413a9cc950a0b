using DirectUpload.Processing;

namespace DirectUpload.Client.Tests.Hosting;

/// <summary>The profiles of every test's application.</summary>
internal static class TestProfiles
{
    public const int PartSize = 5 * 1024 * 1024;

    public static void AddTo(DirectUploadOptions options) => options
        .AddProfile("put", profile =>
        {
            Anything(profile);
            profile.ClientsMayAssociate = true;
        })
        .AddProfile("in-place", profile =>
        {
            Anything(profile);
            profile.Finalisation = DirectUpload.Profiles.Finalisation.InPlace;
        })
        .AddProfile("huge", profile =>
        {
            Anything(profile);
            // Stored once: what promoting copies within storage is not the client's.
            profile.Finalisation = DirectUpload.Profiles.Finalisation.InPlace;
        })
        .AddProfile("post", profile =>
        {
            Anything(profile);
            profile.Method = Uploads.UploadMethod.Post;
        })
        .AddProfile("parts", profile =>
        {
            Anything(profile);
            (profile.MultipartAbove, profile.PartSize) = (PartSize, PartSize);
        })
        .AddProfile("short-lived", profile =>
        {
            Anything(profile);
            (profile.MultipartAbove, profile.PartSize, profile.Lifetime) = (PartSize, PartSize, TimeSpan.FromSeconds(1));
        })
        .AddProfile("tiny", profile =>
        {
            Anything(profile);
            profile.MaxSize = 10;
        })
        .AddProfile("slow", profile =>
        {
            Anything(profile);
            profile.ProcessWith<SlowStep>();
        })
        .AddProfile("refused", profile =>
        {
            Anything(profile);
            profile.ProcessWith<RefusingStep>();
        })
        .AddProfile("one-at-a-time", profile =>
        {
            Anything(profile);
            profile.MaxPendingUploads = 1;
        });

    private static void Anything(DirectUpload.Profiles.UploadProfile profile)
    {
        profile.ContentTypes.Add("*/*");
        (profile.MinSize, profile.MaxSize, profile.MaxPendingUploads) = (0, 10L * 1024 * 1024 * 1024, null);
    }
}

internal sealed class SlowStep : IUploadProcessor
{
    public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(500, cancellationToken);
        return UploadVerdict.Accept;
    }
}

internal sealed class RefusingStep : IUploadProcessor
{
    public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
        Task.FromResult(UploadVerdict.Reject("ugly", "This one is ugly. Upload a nicer one."));
}
