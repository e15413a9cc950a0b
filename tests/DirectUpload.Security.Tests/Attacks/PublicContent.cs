using DirectUpload.Processing;
using DirectUpload.Security.Tests.Table;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Profiles whose finished objects everybody may read.</summary>
public sealed class PublicContent(LocalS3Fixture server) : FlowSuite(server), IClassFixture<LocalS3Fixture>
{
    private readonly TaskCompletionSource<int> _seen = new();

    protected override HostChoices Choices => new()
    {
        Services = services => services.AddSingleton(new Download(async key => _seen.SetResult((await Browser.GetAsync(AddressOf(key))).Code))),
        Uploads = options => options.AddProfile("public", profile =>
        {
            profile.ContentTypes.Add("image/png");
            profile.ObjectSettings.Acl = "public-read";
            profile.ProcessWith<Scanner>();
        }),
    };

    [Fact]
    [Attack("downloading an infected file of a public profile from the bucket while the scanner still reads it", "the ACL that opens an object to others is set when the upload is accepted, after the last processor")]
    public async Task PublicContent_BeforeTheVerdict_IsPrivate()
    {
        var grant = await UploadedAsync(Bytes.Png(), new Wanted { Profile = "public" });
        await Client.ConfirmAsync(grant);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        (await _seen.Task).Should().Be(403);
        var record = await App.RecordAsync(grant.Id);
        record.Status.Should().Be(UploadStatus.Rejected);
        (await Browser.GetAsync(AddressOf(record.FinalKey))).Code.Should().NotBe(200);
    }

    private string AddressOf(string key) => $"{Server.Endpoint}/{Server.Bucket}/{key}";

    internal sealed record Download(Func<string, Task> RunAsync);

    internal sealed class Scanner(Download download) : IUploadProcessor
    {
        public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await download.RunAsync(context.Record.FinalKey);
            return UploadVerdict.Reject("infected", "The file is infected.");
        }
    }
}
