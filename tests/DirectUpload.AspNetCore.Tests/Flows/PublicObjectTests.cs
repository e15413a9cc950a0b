using Amazon.S3.Model;
using DirectUpload.Processing;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>An ACL that opens content to everybody is set when the upload is accepted, and not before.</summary>
public abstract class PublicObjectTests(S3ServerFixture server) : FlowTests(server)
{
    private readonly List<int> _seen = [];

    protected override TestHostOptions HostOptions => new()
    {
        Services = services => services.AddSingleton(new AnonymousReader(TryReadAnonymouslyAsync)),
        Uploads = options => options.AddProfile("public", profile =>
        {
            profile.ContentTypes.Add("image/png");
            profile.ObjectSettings.Acl = "public-read";
            profile.AddProcessor<AnonymousReadProcessor>();
        }),
    };

    [Fact]
    public async Task PublicObject_BeforeItIsAccepted_IsPrivate()
    {
        if (await Server.LacksAsync(S3Features.Acls))
            return;
        var grant = await UploadedAsync(TestFiles.Png(), new TestUploadRequest { Profile = "public" });
        await Client.ConfirmAsync(grant);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        _seen.Should().Equal(
            [Server.UnauthenticatedStatus, Server.UnauthenticatedStatus],
            "neither the content nor its variant was accepted when they were asked for");
        var record = await App.RecordAsync(grant.Id);
        record.Status.Should().Be(UploadStatus.Ready);
        (await ReadAsync(record.FinalKey)).ShouldBe(200);
        (await ReadAsync(record.Variants.Single().Key)).ShouldBe(200);
    }

    private async Task TryReadAnonymouslyAsync(UploadId id)
    {
        var listed = await Server.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = Bucket }, TestContext.Current.CancellationToken);
        foreach (var found in listed.S3Objects.Where(
            it => it.Key.Contains(id.ToString(), StringComparison.Ordinal) && !it.Key.StartsWith("staging/", StringComparison.Ordinal)))
            _seen.Add((await ReadAsync(found.Key)).Code);
    }

    private Task<ApiResponse> ReadAsync(string key) => StorageClient.GetAsync($"{Server.Endpoint}/{Server.Bucket}/{key}");

    /// <summary>Somebody without credentials who knows the keys.</summary>
    internal sealed record AnonymousReader(Func<UploadId, Task> TryReadAsync);

    internal sealed class AnonymousReadProcessor(AnonymousReader stranger) : IUploadProcessor
    {
        public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await context.PutVariantAsync("small.png", "image/png", new MemoryStream(TestFiles.Png()), cancellationToken);
            await stranger.TryReadAsync(context.Upload.Id);
            return ProcessingResult.Accept;
        }
    }
}
