using DirectUpload.Processing;
using DirectUpload.Security.Tests.Table;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Profiles whose finished objects everybody may read.</summary>
public sealed class PublicContentAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private readonly TaskCompletionSource<int> _seen = new();

    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
            services.AddSingleton(new Download(async key => _seen.SetResult((await StorageClient.GetAsync(AddressOf(key))).Code))),
        Uploads = options => options.AddProfile("public", profile =>
        {
            profile.ContentTypes.Add("image/png");
            profile.ObjectSettings.Acl = "public-read";
            profile.AddProcessor<Scanner>();
        }),
    };

    [Fact]
    [Attack(
        "downloading an infected file of a public profile from the bucket while the scanner still reads it",
        "the ACL that opens an object to others is set when the upload is accepted, after the last processor")]
    public async Task PublicContent_BeforeAcceptance_IsPrivate()
    {
        var grant = await UploadedAsync(TestFiles.Png(), new TestUploadRequest { Profile = "public" });
        await Client.ConfirmAsync(grant);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        (await _seen.Task).Should().Be(403);
        var record = await App.RecordAsync(grant.Id);
        record.Status.Should().Be(UploadStatus.Rejected);
        (await StorageClient.GetAsync(AddressOf(record.FinalKey))).Code.Should().NotBe(200);
    }

    private string AddressOf(string key) => $"{Server.Endpoint}/{Server.Bucket}/{key}";

    internal sealed record Download(Func<string, Task> RunAsync);

    internal sealed class Scanner(Download download) : IUploadProcessor
    {
        public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await download.RunAsync(context.Upload.Key);
            return ProcessingResult.Reject("infected", "The file is infected.");
        }
    }
}
