using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Processing.Inspection;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Processing;

/// <summary>Uploads whose bytes have another type than the client declared.</summary>
public sealed class DetectedTypeTests
{
    private static readonly byte[] WebP = SampleFiles.Get("webp").Content;

    [Fact]
    public async Task Confirm_WebPNamedJpg_IsAWebPUpload()
    {
        await using var host = CreateHost("image/jpeg", "image/webp");
        var grant = await GrantAsync(host, "photo.jpg", "image/jpeg", WebP);
        var requested = grant.Record.FinalKey;

        var ready = (await host.ConfirmAsync(grant)).Value!;

        ready.Should().BeEquivalentTo(new
        {
            Status = UploadStatus.Ready,
            ContentType = "image/webp",
            DeclaredContentType = "image/jpeg",
            FileName = "photo.jpg",
            Attempts = 1,
            Key = requested[..^4] + ".webp",
        });
        host.Bucket[requested].Should().BeNull();
        host.Bucket[ready.Key!].Should().BeEquivalentTo(new
        {
            ContentType = "image/webp",
            Bytes = WebP,
            Settings = new { ContentDisposition = "attachment; filename=\"photo.webp\"" },
        });
        var download = await host.Service.CreateDownloadUrlAsync(ready.Id, UploadAccess.Application);
        download.Value!.Url.Should().Contain("image%2Fwebp").And.Contain("photo.webp");
    }

    [Theory]
    [InlineData("image/jpg", "image/jpeg", "jpeg")]
    [InlineData("application/x-zip-compressed", "application/zip", "zip")]
    [InlineData("application/zip", "application/x-zip-compressed", "zip")]
    [InlineData("audio/mp3", "audio/mpeg", "mp3")]
    public async Task Confirm_Alias_IsSignedAsDeclaredAndServedByItsCanonicalName(string declared, string inProfile, string sample)
    {
        await using var host = CreateHost(inProfile);
        var content = SampleFiles.Get(sample);
        var grant = await GrantAsync(host, "file", declared, content.Content);

        grant.Instructions.Headers!["content-type"].Should().Be(declared);
        grant.Record.DeclaredContentType.Should().Be(declared);
        grant.Record.ContentType.Should().Be(content.Type);
        var ready = (await host.ConfirmAsync(grant)).Value!;
        ready.ContentType.Should().Be(content.Type);
        host.Bucket[ready.Key!]!.ContentType.Should().Be(content.Type);
        host.Bucket.Count(BucketOperation.Copy).Should().Be(1, "an alias needs no second copy");
    }

    [Theory]
    [InlineData("")]
    [InlineData("application/octet-stream")]
    public async Task Confirm_UnknownType_IsHeldToTheProfileByItsBytes(string declared)
    {
        await using var host = CreateHost("image/*");
        var heic = await GrantAsync(host, "a.heic", declared, SampleFiles.Get("heic").Content);
        var zip = await GrantAsync(host, "a.heic", declared, SampleFiles.Get("zip").Content);

        heic.Instructions.Headers!["content-type"].Should().Be("application/octet-stream");
        (await host.ConfirmAsync(heic)).Value!.ContentType.Should().Be("image/heic");
        (await host.ConfirmAsync(zip)).Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
    }

    [Fact]
    public async Task Confirm_OtherTypeInPlace_KeepsTheKey()
    {
        await using var host = CreateHost(notes => notes.FinalizeInPlace = true, "image/*");
        var grant = await GrantAsync(host, "photo.jpg", "image/jpeg", WebP);

        var ready = (await host.ConfirmAsync(grant)).Value!;

        ready.ContentType.Should().Be("image/webp");
        ready.Key.Should().Be(grant.Record.StagingKey);
        host.Bucket[ready.Key!].Should().NotBeNull();
    }

    [Theory]
    [InlineData("image/x-foo", "tiff", "attachment")]
    [InlineData("image/x-foo", "png", "inline")]
    [InlineData("image/png", "png", "inline")]
    public async Task Content_Inline_OnlyForRecognizedTypes(string declared, string sample, string disposition)
    {
        await using var host = CreateHost(notes => notes.Inline = true, "image/*");
        var grant = await GrantAsync(host, "a.foo", declared, SampleFiles.Get(sample).Content);

        var ready = (await host.ConfirmAsync(grant)).Value!;

        host.Bucket[ready.Key!]!.Settings!.ContentDisposition.Should().StartWith(disposition);
    }

    [Fact]
    public async Task Content_UnknownAudio_IsAnAttachment()
    {
        await using var host = CreateHost(notes => notes.Inline = true, "audio/*");
        var grant = await GrantAsync(host, "a.foo", "audio/x-foo", [1, 2, 3, 0, 5]);

        var ready = (await host.ConfirmAsync(grant)).Value!;

        host.Bucket[ready.Key!]!.Settings!.ContentDisposition.Should().StartWith("attachment");
    }

    [Fact]
    public async Task Confirm_TypeOutsideTheAuthorization_IsRejected()
    {
        await using var host = CreateHost(_ => { }, services => services.AddSingleton<IUploadAuthorizer>(new PngOnly()), "image/*");
        var jpeg = await GrantAsync(host, "a.png", "image/png", SampleFiles.Get("jpeg").Content);
        var unknown = await GrantAsync(host, "a.png", "", SampleFiles.Get("jpeg").Content);
        var png = await GrantAsync(host, "a.png", "", SampleFiles.Get("png").Content);

        (await host.ConfirmAsync(jpeg)).Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        (await host.ConfirmAsync(unknown)).Error!.Code.Should().Be(UploadErrorCodes.Mismatch);
        (await host.ConfirmAsync(png)).Value!.ContentType.Should().Be("image/png");
    }

    [Fact]
    public async Task Confirm_AbortedWhileTheTypeChanges_LeavesNoObject()
    {
        await using var host = CreateHost("image/*");
        var grant = await GrantAsync(host, "photo.jpg", "image/jpeg", WebP);
        var copies = 0;
        host.Bucket.BeforeCall = async (operation, _) =>
        {
            if (operation == BucketOperation.Copy && ++copies == 2)
                await host.Service.DeleteAsync(grant.Upload.Id, UploadAccess.Application);
        };

        await host.ConfirmAsync(grant);

        copies.Should().Be(2);
        host.Bucket.StopFailing();
        host.Clock.Advance(TimeSpan.FromHours(3));
        await host.Worker.RunOnceAsync();
        host.Bucket.Keys.Should().BeEmpty();
    }

    private static UploadHost CreateHost(params string[] types) => CreateHost(_ => { }, types);

    private static UploadHost CreateHost(Action<UploadProfile> profile, params string[] types) => CreateHost(profile, null, types);

    private static UploadHost CreateHost(
        Action<UploadProfile> profile, Action<IServiceCollection>? services, params string[] types) => new(
            profile: notes =>
            {
                notes.ContentTypes.Clear();
                foreach (var type in types)
                    notes.ContentTypes.Add(type);
                profile(notes);
            },
            configure: services);

    private static async Task<UploadGrant> GrantAsync(UploadHost host, string fileName, string declared, byte[] content)
    {
        var grant = await host.GrantAsync(
            UploadHost.Request with { FileName = fileName, ContentType = declared, Size = content.Length });
        host.Bucket.Put(grant.Record.StagingKey, content, grant.Record.DeclaredContentType!);
        return grant;
    }

    private sealed class PngOnly : IUploadAuthorizer
    {
        public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new UploadAuthorization { ContentTypes = ["image/x-png"] });
    }
}
