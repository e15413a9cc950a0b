using Bunit;
using Component = DirectUpload.Blazor.DirectUpload;

namespace DirectUpload.Blazor.Tests;

public sealed class DirectUploadEventTests : ComponentTests
{
    [Fact]
    public async Task OnReady_Upload_IsDescribed()
    {
        DirectUploadReadyEventArgs? ready = null;
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.OnReady, args => ready = args));

        await SendAsync(new
        {
            kind = "ready",
            id = First,
            fileName = "beach.jpg",
            contentType = "image/jpeg",
            size = 3_000_000_000,
            checksumSha256 = "abc=",
            contentUrl = "/uploads/1/content",
        });

        ready.Should().BeEquivalentTo(new DirectUploadReadyEventArgs
        {
            UploadId = First,
            FileName = "beach.jpg",
            ContentType = "image/jpeg",
            Size = 3_000_000_000,
            ChecksumSha256 = "abc=",
            ContentUrl = "/uploads/1/content",
        });
    }

    [Fact]
    public async Task OnProgress_Report_IsDescribed()
    {
        DirectUploadProgressEventArgs? progress = null;
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.OnProgress, args => progress = args));

        await ReportAsync(new { id = First, fileName = "film.mp4", loaded = 1_000, total = 4_000, speed = 500, secondsLeft = 6 });

        progress.Should().BeEquivalentTo(new DirectUploadProgressEventArgs
        {
            UploadId = First,
            FileName = "film.mp4",
            BytesSent = 1_000,
            Size = 4_000,
            BytesPerSecond = 500,
            TimeLeft = TimeSpan.FromSeconds(6),
        });
        progress!.Fraction.Should().Be(0.25);
    }

    [Fact]
    public async Task OnProgress_NothingKnownYet_HasNoSpeed()
    {
        DirectUploadProgressEventArgs? progress = null;
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.OnProgress, args => progress = args));

        await ReportAsync(
            new { id = (string?)null, fileName = "empty", loaded = 0, total = 0, speed = (int?)null, secondsLeft = (int?)null });

        progress.Should().BeEquivalentTo(
            new { UploadId = (string?)null, BytesPerSecond = (double?)null, TimeLeft = (TimeSpan?)null, Fraction = 1.0 });
    }

    [Fact]
    public async Task OnError_Error_IsDescribed()
    {
        DirectUploadErrorEventArgs? error = null;
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.OnError, args => error = args));

        await SendAsync(
            new { kind = "error", fileName = "a.exe", code = "type-not-allowed", message = "No.", detail = "exe", canRetry = false });

        error.Should().BeEquivalentTo(new DirectUploadErrorEventArgs
        {
            FileName = "a.exe",
            Code = "type-not-allowed",
            Message = "No.",
            Detail = "exe",
            CanRetry = false,
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Connect_OnProgress_DecidesWhetherTheBrowserReports(bool hasProgress)
    {
        Render<Component>(it =>
        {
            it.Add(c => c.Profile, "a");
            if (hasProgress)
                it.Add(c => c.OnProgress, _ => { });
        });

        Module.Invocations["connect"].Should().ContainSingle().Which.Arguments[3].Should().Be(hasProgress);
    }

    [Fact]
    public async Task Receive_SentAgain_IsHandledOnce()
    {
        var ready = new List<string>();
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.OnReady, args => ready.Add(args.FileName)));

        (await SendFromAsync(1, Ready("1"))).Should().Be(1);
        (await SendFromAsync(1, Ready("1"), Ready("2"))).Should().Be(2);

        ready.Should().Equal("1", "2");
    }

    [Fact]
    public async Task Receive_AfterALostEvent_WaitsForIt()
    {
        var ready = new List<string>();
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.OnReady, args => ready.Add(args.FileName)));

        (await SendFromAsync(2, Ready("2"))).Should().Be(0);
        (await SendFromAsync(1, Ready("1"), Ready("2"))).Should().Be(2);

        ready.Should().Equal("1", "2");
    }

    [Fact]
    public async Task Callback_Throws_IsAnErrorOfTheApplication()
    {
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.OnReady, _ => throw new InvalidDataException("of the application")));

        await SendAsync(Ready("1"));

        (await Renderer.UnhandledException).Should().BeOfType<InvalidDataException>();
    }

    private static object Ready(string fileName) => new { kind = "ready", id = First, fileName, contentType = "text/plain", size = 1 };
}
