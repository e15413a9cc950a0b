using DirectUpload.Processing;

namespace DirectUpload.Client.Tests.Hosting;

/// <summary>The profiles of every test's application.</summary>
internal static class TestProfiles
{
    public const int PartSize = 5 * 1024 * 1024;

    public static void AddTo(DirectUploadOptions options) => options
        .AddProfile("put", profile =>
        {
            AllowAnything(profile);
            profile.ClientsMayAssociate = true;
        })
        .AddProfile("in-place", profile =>
        {
            AllowAnything(profile);
            profile.FinalizeInPlace = true;
        })
        .AddProfile("huge", profile =>
        {
            AllowAnything(profile);
            // Stored once: what promoting copies within storage is not the client's.
            profile.FinalizeInPlace = true;
        })
        .AddProfile("post", profile =>
        {
            AllowAnything(profile);
            profile.UploadMethod = DirectUpload.UploadMethod.Post;
        })
        .AddProfile("parts", profile =>
        {
            AllowAnything(profile);
            (profile.MultipartThreshold, profile.PartSize) = (PartSize, PartSize);
        })
        .AddProfile("checked-put", profile =>
        {
            AllowAnything(profile);
            (profile.RequireIntegrity, profile.PartSize) = (DirectUpload.IntegrityRequirement.StorageChecksum, PartSize);
            profile.MultipartThreshold = 1024 * 1024 * 1024;
        })
        .AddProfile("checked-post", profile =>
        {
            AllowAnything(profile);
            (profile.UploadMethod, profile.MultipartThreshold) = (DirectUpload.UploadMethod.Post, 1024 * 1024 * 1024);
            profile.RequireIntegrity = DirectUpload.IntegrityRequirement.StorageChecksum;
        })
        .AddProfile("checked-parts", profile =>
        {
            AllowAnything(profile);
            (profile.MultipartThreshold, profile.PartSize) = (PartSize, PartSize);
            profile.RequireIntegrity = DirectUpload.IntegrityRequirement.StorageChecksum;
        })
        .AddProfile("short-lived", profile =>
        {
            AllowAnything(profile);
            (profile.MultipartThreshold, profile.PartSize, profile.UploadUrlLifetime) = (PartSize, PartSize, TimeSpan.FromSeconds(1));
        })
        .AddProfile("tiny", profile =>
        {
            AllowAnything(profile);
            profile.MaxSize = 10;
        })
        .AddProfile("slow", profile =>
        {
            AllowAnything(profile);
            profile.AddProcessor<SlowProcessor>();
        })
        .AddProfile("refused", profile =>
        {
            AllowAnything(profile);
            profile.AddProcessor<RejectingProcessor>();
        })
        .AddProfile("one-at-a-time", profile =>
        {
            AllowAnything(profile);
            profile.MaxPendingUploadsPerOwner = 1;
        });

    private static void AllowAnything(DirectUpload.UploadProfile profile)
    {
        profile.ContentTypes.Add("*/*");
        (profile.MinSize, profile.MaxSize, profile.MaxPendingUploadsPerOwner) = (0, 10L * 1024 * 1024 * 1024, null);
    }
}

internal sealed class SlowProcessor : IUploadProcessor
{
    public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(500, cancellationToken);
        return ProcessingResult.Accept;
    }
}

internal sealed class RejectingProcessor : IUploadProcessor
{
    public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
        Task.FromResult(ProcessingResult.Reject("ugly", "This one is ugly. Upload a nicer one."));
}
