using DirectUpload.Processing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Testing.Tests;

public sealed class DirectUploadTestHostTests
{
    [Fact]
    public async Task CreateReadyUpload_OneLine_IsReadable()
    {
        await using var uploads = await StartAsync();

        var upload = await uploads.CreateReadyUploadAsync("avatar", "me.png", Files.Png, owner: "ada");

        (upload.Status, upload.Owner, upload.ContentType).Should().Be((UploadStatus.Ready, "ada", "image/png"));
        (await uploads.ReadContentAsync(upload.Id)).Should().Equal(Files.Png);
    }

    [Fact]
    public async Task CreateReadyUpload_Association_IsAttached()
    {
        await using var uploads = await StartAsync();
        var user = new UploadAssociation("user", "42", "avatar");

        var upload = await uploads.CreateReadyUploadAsync("avatar", "me.png", Files.Png, "ada", user);
        uploads.Clock.Advance(TimeSpan.FromDays(400));
        await uploads.ProcessDueAsync();

        var found = await uploads.Service.ListAsync(UploadFilter.ForAssociation(user.Type, user.Id, user.Kind)).ToListAsync();
        found.Should().ContainSingle().Which.Id.Should().Be(upload.Id);
        found[0].AttachedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task CreateUpload_VariantsAndProperties_AreServedAndDeletedWithTheUpload()
    {
        await using var uploads = await StartAsync();

        var upload = await uploads.CreateUploadAsync(new TestUpload
        {
            Profile = "avatar",
            FileName = "me.png",
            Content = Files.Png,
            Owner = "ada",
            Variants = { ["thumbnail.png"] = Files.Png },
            Properties = { ["width"] = "1" },
            Metadata = { ["source"] = "camera" },
        });

        upload.Variants.Should().ContainSingle().Which.ContentType.Should().Be("image/png");
        (upload.Properties["width"], upload.Metadata["source"]).Should().Be(("1", "camera"));
        (await uploads.ReadContentAsync(upload.Id, "thumbnail")).Should().Equal(Files.Png);
        await uploads.Service.DeleteAsync(upload.Id, UploadAccess.Application);
        (await uploads.ListObjectKeysAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("infected")]
    public async Task CreateUpload_Rejected_HasTheReasonAndNoObject(string? code)
    {
        await using var uploads = await StartAsync();

        var upload = await uploads.CreateUploadAsync(new TestUpload
        {
            Profile = "avatar",
            FileName = "me.png",
            Content = Files.Png,
            Status = UploadStatus.Rejected,
            Rejection = code is null ? null : new UploadError(code, "The scanner found a virus."),
        });

        upload.Status.Should().Be(UploadStatus.Rejected);
        upload.Error!.Code.Should().Be(code ?? UploadErrorCodes.Mismatch);
        (await uploads.ListObjectKeysAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(UploadMethod.Put)]
    [InlineData(UploadMethod.Post)]
    [InlineData(UploadMethod.Multipart)]
    [InlineData(UploadMethod.Put, IntegrityRequirement.StorageChecksum)]
    public async Task CreateUpload_EveryMethod_ReachesEveryStatus(UploadMethod method, IntegrityRequirement requirement = default)
    {
        await using var uploads = await StartAsync(
            avatar => (avatar.UploadMethod, avatar.RequireIntegrity) = (method, requirement));
        foreach (var status in new[] { UploadStatus.Requested, UploadStatus.Rejected, UploadStatus.Ready, UploadStatus.Uploaded })
        {
            var upload = await uploads.CreateUploadAsync(new TestUpload
            {
                Profile = "avatar",
                FileName = "me.png",
                Content = Files.Png,
                Status = status,
            });

            upload.Status.Should().Be(status);
        }
    }

    [Theory]
    [InlineData(UploadStatus.Expired)]
    [InlineData(UploadStatus.Deleted)]
    [InlineData(UploadStatus.Processing)]
    public async Task CreateUpload_OtherStatus_ThrowsWithAdvice(UploadStatus status)
    {
        await using var uploads = await StartAsync();

        await uploads.Awaiting(it => it.CreateUploadAsync(new TestUpload
        {
            Profile = "avatar",
            FileName = "me.png",
            Content = Files.Png,
            Status = status,
        })).Should().ThrowAsync<ArgumentException>().WithMessage("*ProcessDueAsync*");
    }

    [Fact]
    public async Task CreateReadyUpload_RefusedByTheProfile_ThrowsWithTheReason()
    {
        await using var uploads = await StartAsync();

        await uploads.Awaiting(it => it.CreateReadyUploadAsync("avatar", "me.exe", Files.Text("MZ")))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*me.exe*avatar*");
        await uploads.Awaiting(it => it.CreateReadyUploadAsync("none", "me.png", Files.Png))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage($"*{UploadErrorCodes.UnknownProfile}*");
    }

    [Fact]
    public async Task Advance_RequestedUpload_Expires()
    {
        await using var uploads = await StartAsync();
        var upload = await uploads.CreateUploadAsync(new TestUpload
        {
            Profile = "avatar",
            FileName = "me.png",
            Content = Files.Png,
            Status = UploadStatus.Requested,
        });

        uploads.Clock.Advance(TimeSpan.FromDays(2));
        await uploads.ProcessDueAsync();

        (await uploads.Service.GetAsync(upload.Id, UploadAccess.Application)).Value!.Status.Should().Be(UploadStatus.Expired);
    }

    [Fact]
    public async Task Start_ProcessorsEventsAndClock_AreThoseOfTheTest()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var events = new List<UploadStatus>();
        await using var uploads = await DirectUploadTestHost.StartAsync(
            options => options.AddProfile("avatar", avatar => avatar.ContentTypes.Add("image/*")),
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.AddProcessor<Thumbnail>("avatar").AddEventHandler("recorder", _ => new Recorder(events));
            });

        var upload = await uploads.CreateReadyUploadAsync("avatar", "me.png", Files.Png);
        await uploads.ProcessDueAsync();

        (await uploads.ReadContentAsync(upload.Id, "thumbnail")).Should().Equal(1, 2, 3);
        events.Should().Equal(UploadStatus.Uploaded, UploadStatus.Ready);
        upload.CreatedAt.Year.Should().Be(2025);
    }

    [Fact]
    public async Task Start_InvalidOptions_Throws() =>
        await FluentActions.Awaiting(() => DirectUploadTestHost.StartAsync(options => options.AddProfile("Avatar!", _ => { })))
            .Should().ThrowAsync<OptionsValidationException>();

    private static Task<DirectUploadTestHost> StartAsync(Action<UploadProfile>? configure = null) =>
        DirectUploadTestHost.StartAsync(options => options.AddProfile("avatar", avatar =>
        {
            avatar.ContentTypes.Add("image/*");
            avatar.UnattachedRetention = TimeSpan.FromHours(24);
            configure?.Invoke(avatar);
        }));

    private sealed class Thumbnail : IUploadProcessor
    {
        public async Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            await context.PutVariantAsync("thumbnail.png", "image/png", new MemoryStream([1, 2, 3]), cancellationToken);
            return ProcessingResult.Accept;
        }
    }

    private sealed class Recorder(List<UploadStatus> statuses) : IUploadEventHandler
    {
        public Task OnConfirmedAsync(Upload upload, CancellationToken cancellationToken) => RecordAsync(upload);

        public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) => RecordAsync(upload);

        private Task RecordAsync(Upload upload)
        {
            statuses.Add(upload.Status);
            return Task.CompletedTask;
        }
    }
}
