using Amazon.S3.Model;
using DirectUpload.Processing;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>An ACL that opens content to everybody is set when the upload is accepted, and not before.</summary>
public abstract class PublicObjects(S3ServerFixture server) : FlowSuite(server)
{
    private readonly List<int> _seen = [];

    protected override HostChoices Choices => new()
    {
        Services = services => services.AddSingleton(new Stranger(LookAsync)),
        Uploads = options => options.AddProfile("public", profile =>
        {
            profile.ContentTypes.Add("image/png");
            profile.ObjectSettings.Acl = "public-read";
            profile.ProcessWith<LookedAtByAStranger>();
        }),
    };

    [Fact]
    public async Task PublicObject_BeforeItIsAccepted_IsPrivate()
    {
        if (await Server.LacksAsync(S3Features.Acls))
            return;
        var grant = await UploadedAsync(Bytes.Png(), new Wanted { Profile = "public" });
        await Client.ConfirmAsync(grant);
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        _seen.Should().Equal([Server.UnsignedStatus, Server.UnsignedStatus], "neither the content nor its variant was accepted when they were asked for");
        var record = await App.RecordAsync(grant.Id);
        record.Status.Should().Be(UploadStatus.Ready);
        (await ReadAsync(record.FinalKey)).ShouldBe(200);
        (await ReadAsync(record.Derivatives.Single().Key)).ShouldBe(200);
    }

    private async Task LookAsync(UploadId id)
    {
        var listed = await Server.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, TestContext.Current.CancellationToken);
        foreach (var found in listed.S3Objects.Where(it => it.Key.Contains(id.ToString(), StringComparison.Ordinal) && !it.Key.StartsWith("staging/", StringComparison.Ordinal)))
            _seen.Add((await ReadAsync(found.Key)).Code);
    }

    private Task<Answer> ReadAsync(string key) => Browser.GetAsync($"{Server.Endpoint}/{Server.Bucket}/{key}");

    /// <summary>Somebody without credentials who knows the keys.</summary>
    internal sealed record Stranger(Func<UploadId, Task> LookAsync);

    internal sealed class LookedAtByAStranger(Stranger stranger) : IUploadProcessor
    {
        public async Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await context.PutDerivativeAsync("small.png", "image/png", new MemoryStream(Bytes.Png()), cancellationToken);
            await stranger.LookAsync(context.Record.Id);
            return UploadVerdict.Accept;
        }
    }
}
