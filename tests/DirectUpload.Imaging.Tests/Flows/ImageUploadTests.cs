using DirectUpload.Imaging.Tests.Images;
using DirectUpload.Testing;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace DirectUpload.Imaging.Tests.Flows;

public sealed class ImageUploadTests
{
    [Fact]
    public async Task Upload_Jpeg_HasVariantsAndProperties()
    {
        await using var host = await StartAsync(images => images.Add("thumb", 320, 320));

        var upload = await host.CreateReadyUploadAsync("photo", "me.jpg", TestImage.CreateJpegWithMetadata(orientation: 6));

        upload.Variants.Select(it => (it.Name, it.ContentType)).Should().Equal(("thumb", "image/webp"));
        upload.Properties.Should().Contain(
            [new("width", "400"), new("height", "640"), new("thumb.width", "200"), new("thumb.height", "320")]);
        Convert.FromBase64String(upload.Properties["thumbhash"]).Length.Should().BeInRange(15, 30);
        using var thumb = Image.NewFromBuffer(await ReadAsync(host, upload, "thumb"));
        (thumb.Width, thumb.Height).Should().Be((200, 320));
        thumb.GetFields().Should().NotContain(field => field.StartsWith("exif", StringComparison.Ordinal))
            .And.NotContain(["xmp-data", "orientation", "icc-profile-data"]);
    }

    [Theory]
    [InlineData("damaged", ImageErrorCodes.Unreadable)]
    [InlineData("heic", ImageErrorCodes.Unsupported)]
    [InlineData("pixels", ImageErrorCodes.TooLarge)]
    [InlineData("bytes", ImageErrorCodes.TooLarge)]
    [InlineData("frames", ImageErrorCodes.TooManyFrames)]
    public async Task Upload_BeyondALimitOrBroken_IsRejected(string image, string code)
    {
        await using var host = await StartAsync(images =>
        {
            images.MaxPixels = 640 * 400;
            images.MaxFrames = 3;
            images.MaxFileSize = 100_000;
            images.Add("thumb", 50);
        });
        var file = TestImage.CreateNoiseFile(".png", 160, 100);

        var (name, content) = image switch
        {
            "damaged" => ("a.png", file[..(file.Length / 2)]),
            "heic" => ("a.heic", Convert.FromBase64String(HeicFile.Base64)),
            "pixels" => ("a.png", TestImage.CreateFile(".png", 641)),
            "bytes" => ("a.png", TestImage.CreateNoiseFile(".png", 600, 400)),
            _ => ("a.gif", TestImage.CreateAnimation(".gif", frames: 4)),
        };
        var upload = await UploadAsync(host, name, content);

        (upload.Status, upload.Error?.Code).Should().Be((UploadStatus.Rejected, code));
        upload.Error!.Message.Should().NotBeEmpty();
        upload.Variants.Should().BeEmpty();
    }

    [Fact]
    public async Task Upload_ThatIsNoImage_IsAcceptedUnchanged()
    {
        await using var host = await DirectUploadTestHost.StartAsync(options => options.AddProfile("photo", photo =>
        {
            photo.ContentTypes.Add("text/plain");
            photo.AddImageVariants(images => images.Add("thumb", 50));
        }));

        var upload = await host.CreateReadyUploadAsync("photo", "notes.txt", "Some notes."u8.ToArray());

        (upload.Variants.Count, upload.Properties.Count).Should().Be((0, 0));
    }

    [Fact]
    public async Task Upload_Variants_HaveTheObjectSettingsOfTheProfile()
    {
        await using var host = await DirectUploadTestHost.StartAsync(options => options.AddProfile("photo", photo =>
        {
            photo.ContentTypes.Add("image/*");
            photo.ObjectSettings.CacheControl = "max-age=31536000, immutable";
            photo.AddImageVariants(images => images.Add("thumb", 50).AddOptimizedOriginal("optimized"));
        }));

        var upload = await host.CreateReadyUploadAsync("photo", "me.png", TestImage.CreateFile(".png"));

        upload.Variants.Select(it => (it.Name, it.ContentType)).Should().BeEquivalentTo(
            [("thumb", "image/webp"), ("optimized", "image/png")]);
        foreach (var variant in upload.Variants)
        {
            var url = (await host.Service.CreateDownloadUrlAsync(upload.Id, UploadAccess.Application, variant.Name)).GetValueOrThrow();
            var response = await host.Http.GetAsync(url.Url);
            response.Headers.CacheControl!.ToString().Should().Contain("immutable");
        }
    }

    [Fact]
    public async Task Upload_ProcessCannotStart_IsRetriedUntilItStarts()
    {
        var options = new ImagingOptions { MemoryLimit = 1 << 20 };
        await using var host = await StartAsync(images => images.Add("thumb", 50), options);
        var interrupted = await UploadAsync(host, "me.png", TestImage.CreateFile(".png"));
        (interrupted.IsTerminal, interrupted.FailedAttempts).Should().Be((false, 0));

        options.MemoryLimit = 1 << 30;
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.ProcessDueAsync();

        (await host.Service.GetAsync(interrupted.Id, UploadAccess.Application)).GetValueOrThrow().Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Upload_BeyondTheTimeLimit_IsRejected()
    {
        await using var host = await StartAsync(
            images => images.Add("thumb", 50), new ImagingOptions { Timeout = TimeSpan.Zero });

        var upload = await UploadAsync(host, "me.png", TestImage.CreateNoiseFile(".png[compression=1]", 2_000, 1_500));

        (upload.Status, upload.Error?.Code).Should().Be((UploadStatus.Rejected, ImageErrorCodes.TooComplex));
    }

    [Fact]
    public async Task Uploads_Hostile_AreReadyOrRejected()
    {
        await using var host = await StartAsync(images => images.Add("thumb", 50));

        for (var index = 0; index < 60; index++)
        {
            var (name, content) = HostileImages.Create(index);
            var extension = (string[])[".jpg", ".png", ".webp", ".gif", ".avif"];
            var upload = content.Length == 0 ? null : await UploadAsync(host, $"image{extension[index % 5]}", content);

            upload?.Status.Should().BeOneOf([UploadStatus.Ready, UploadStatus.Rejected], name);
        }

        var good = await host.CreateReadyUploadAsync("photo", "me.jpg", TestImage.CreateJpegWithMetadata());
        Metadata.Find(await ReadAsync(host, good, "thumb")).Should().BeEmpty();
    }

    private static async Task<Upload> UploadAsync(DirectUploadTestHost host, string fileName, byte[] content)
    {
        var upload = await host.CreateUploadAsync(new TestUpload
        {
            Profile = "photo",
            FileName = fileName,
            Content = content,
            Status = UploadStatus.Uploaded,
        });
        await host.ProcessDueAsync();
        return (await host.Service.GetAsync(upload.Id, UploadAccess.Application)).GetValueOrThrow();
    }

    internal static async Task<byte[]> ReadAsync(DirectUploadTestHost host, Upload upload, string variant)
    {
        var content = (await host.Service.OpenReadAsync(upload.Id, UploadAccess.Application, variant)).GetValueOrThrow();
        await using var stream = content.Stream;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static Task<DirectUploadTestHost> StartAsync(Action<ImageVariants> configure, ImagingOptions? processes = null) =>
        DirectUploadTestHost.StartAsync(
            options => options.AddProfile("photo", photo =>
            {
                photo.ContentTypes.Add("image/*");
                photo.AddImageVariants(configure);
            }),
            // A pool beside AddImaging, which would refuse options that end a process at once.
            builder => builder.Services.AddSingleton(_ => DecoderFixture.CreatePool(processes ?? new ImagingOptions())));
}
