using DirectUpload.Client.Sending;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Client.Tests;

public sealed class Expiry
{
    private const int InParts = (4 * TestProfiles.PartSize) + 11;

    [Fact]
    public async Task Parts_whose_signatures_have_expired_are_signed_anew()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        // Each takes more than the second that a signature lives.
        stage.Storage.After = async (_, _) =>
        {
            await Task.Delay(1200);
            return false;
        };

        var result = await stage.Client(options => options.PartsInFlight = 2).UploadAsync(file.Source, Sample.Request("short-lived"));

        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        stage.Storage.Parts.Should().Equal(1, 2, 3, 4, 5);
        stage.Application.Requests.Should().Contain(request => request.Method == "POST" && request.Path.EndsWith("/parts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("put", 1000, "/renew")]
    [InlineData("put", 3_000_000, "/renew")]
    [InlineData("post", 3_000_000, "/renew")]
    [InlineData("parts", InParts, "/parts")]
    public async Task What_storage_calls_expired_is_signed_anew_and_sent_again_whatever_the_clock_says(string profile, int size, string renewal)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(size));
        var refused = 0;
        stage.Storage.Before = async (context, _) =>
        {
            if (Interlocked.Increment(ref refused) > 2)
                return false;
            context.Response.StatusCode = 403;
            await context.Response.Body.WriteAsync("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"u8.ToArray());
            return true;
        };

        var result = await stage.Client().UploadAsync(file.Source, Sample.Request(profile));

        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        stage.Application.Requests.Should().Contain(request => request.Method == "POST" && request.Path.EndsWith(renewal, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(+400)]
    public async Task A_device_whose_clock_is_wrong_by_days_uploads_all_the_same(int days)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var clock = new ShiftedClock(TimeSpan.FromDays(days));

        var result = await stage.Client(register: services => services.Add(new(typeof(TimeProvider), clock))).UploadAsync(file.Source, Sample.Request("parts"));

        result.Status.Should().Be(UploadStatus.Ready);
        stage.Application.Requests.Should().NotContain(request => request.Path.EndsWith("/parts", StringComparison.Ordinal), "the signatures of the grant are good");
    }

    [Fact]
    public async Task What_storage_refuses_again_and_again_ends_with_its_own_words()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        stage.Storage.Before = async (context, _) =>
        {
            context.Response.StatusCode = 403;
            await context.Response.Body.WriteAsync("<Error><Code>SignatureDoesNotMatch</Code><Message>Not &quot;yours&quot;.</Message></Error>"u8.ToArray());
            return true;
        };

        var refused = await Resuming.Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request("put")));

        (refused.Code, refused.HttpStatus).Should().Be((UploadErrorCodes.StorageRefused, 403));
        refused.Detail.Should().Contain("SignatureDoesNotMatch").And.Contain("Not \"yours\"");
        stage.Storage.Requests.Count.Should().Be(3, "a signature is renewed twice, and then it is not the time");
    }

    [Fact]
    public void A_signatures_time_runs_from_its_arrival_by_the_servers_own_date()
    {
        var device = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 14, 50, TimeSpan.Zero));
        var server = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var freshness = new Freshness(server.AddMinutes(15), server, device);

        device.Advance(TimeSpan.FromMinutes(14));
        freshness.IsOver.Should().BeFalse("the device's clock is ahead, and that is no matter");

        device.Advance(TimeSpan.FromSeconds(31));
        freshness.IsOver.Should().BeTrue("half a minute before the end it is too late to begin");
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
