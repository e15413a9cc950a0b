using DirectUpload.Client.Sending;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Client.Tests;

public sealed class DirectUploadClientSignatureExpiryTests
{
    private const int MultipartSize = (4 * TestProfiles.PartSize) + 11;

    [Fact]
    public async Task Upload_ExpiredPartSignatures_AreRenewed()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        // Each takes more than the second that a signature lives.
        stage.Storage.OnResponse = async (_, _) =>
        {
            await Task.Delay(1200);
            return false;
        };

        var result = await stage.CreateClient(options => options.PartsInFlight = 2)
            .UploadAsync(file.Source, TestData.CreateRequest("short-lived"));

        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        stage.Storage.StoredParts.Should().Equal(1, 2, 3, 4, 5);
        stage.Application.Requests
            .Should().Contain(request => request.Method == "POST" && request.Path.EndsWith("/parts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("put", 1000, "/renew")]
    [InlineData("put", 3_000_000, "/renew")]
    [InlineData("post", 3_000_000, "/renew")]
    [InlineData("parts", MultipartSize, "/parts")]
    public async Task Upload_StorageReportsExpiry_RenewsAndRetries(string profile, int size, string renewal)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(size));
        var refused = 0;
        stage.Storage.OnRequest = async (context, _) =>
        {
            if (Interlocked.Increment(ref refused) > 2)
                return false;
            context.Response.StatusCode = 403;
            await context.Response.Body.WriteAsync(
                "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"u8.ToArray());
            return true;
        };

        var result = await stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest(profile));

        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        stage.Application.Requests
            .Should().Contain(request => request.Method == "POST" && request.Path.EndsWith(renewal, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(+400)]
    public async Task Upload_DeviceClockWrongByDays_Succeeds(int days)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var clock = new ShiftedClock(TimeSpan.FromDays(days));

        var result = await stage.CreateClient(register: services => services.Add(new(typeof(TimeProvider), clock)))
            .UploadAsync(file.Source, TestData.CreateRequest("parts"));

        result.Status.Should().Be(FileUploadStatus.Ready);
        stage.Application.Requests.Should().NotContain(
            request => request.Path.EndsWith("/parts", StringComparison.Ordinal), "the signatures of the grant are good");
    }

    [Fact]
    public async Task Upload_RepeatedlyRefused_ReportsTheStorageError()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        stage.Storage.OnRequest = async (context, _) =>
        {
            context.Response.StatusCode = 403;
            await context.Response.Body.WriteAsync(
                "<Error><Code>SignatureDoesNotMatch</Code><Message>Not &quot;yours&quot;.</Message></Error>"u8.ToArray());
            return true;
        };

        var refused = await DirectUploadClientResumeTests.ThrowsAsync(
            () => stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("put")));

        (refused.Code, refused.HttpStatus).Should().Be((FileUploadErrorCodes.StorageRefused, 403));
        refused.Detail.Should().Contain("SignatureDoesNotMatch").And.Contain("Not \"yours\"");
        stage.Storage.Requests.Count.Should().Be(3, "a signature is renewed twice, and then it is not the time");
    }

    [Fact]
    public void SignedUrlLifetime_StartsAtReceipt_ByServerDate()
    {
        var device = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 14, 50, TimeSpan.Zero));
        var server = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var freshness = new SignedUrlLifetime(server.AddMinutes(15), server, device);

        device.Advance(TimeSpan.FromMinutes(14));
        freshness.IsExpiring.Should().BeFalse("the device's clock is ahead, and that is no matter");

        device.Advance(TimeSpan.FromSeconds(31));
        freshness.IsExpiring.Should().BeTrue("half a minute before the end it is too late to begin");
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
