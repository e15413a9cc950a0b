#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Client.Tests;

public sealed class DirectUploadClientFailureTests
{
    private const int MultipartSize = (2 * TestProfiles.PartSize) + 11;

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "SlowDown")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(400, "RequestTimeout")]
    [InlineData(409, "ConditionalRequestConflict")]
    public async Task Upload_TransientStorageErrors_AreRetried(int status, string code)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var failed = new ConcurrentDictionary<string, int>();
        stage.Storage.OnRequest = async (context, request) =>
        {
            if (failed.AddOrUpdate(request.Path + request.PartNumber, 1, (_, times) => times + 1) > 2)
                return false;
            await WriteErrorAsync(context, status, code);
            return true;
        };

        foreach (var profile in new[] { "put", "post", "parts" })
        {
            var result = await stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest(profile));
            (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        }
    }

    [Theory]
    [InlineData(400, "EntityTooLarge")]
    [InlineData(405, "MethodNotAllowed")]
    [InlineData(301, "PermanentRedirect")]
    public async Task Upload_PermanentStorageErrors_AreNotRetried(int status, string code)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        stage.Storage.OnRequest = async (context, _) =>
        {
            await WriteErrorAsync(context, status, code);
            return true;
        };

        var refused = await DirectUploadClientResumeTests.ThrowsAsync(
            () => stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("put")));

        (refused.Code, refused.HttpStatus).Should().Be((FileUploadErrorCodes.StorageRefused, status));
        refused.Detail.Should().Contain(code);
        stage.Storage.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Upload_StorageMisconfigured_IsNotRetried()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        var asked = 0;
        stage.Application.OnRequest = async (context, _) =>
        {
            asked++;
            context.Response.StatusCode = 503;
            context.Response.ContentType = "application/problem+json";
            context.Response.Headers.RetryAfter = "60";
            await context.Response.WriteAsync(
                """{"title":"Service Unavailable","status":503,"code":"storage-misconfigured","detail":"Its operator has to correct that."}""");
            return true;
        };

        var refused = await DirectUploadClientResumeTests.ThrowsAsync(
            () => stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("put")));

        (refused.Code, refused.HttpStatus, refused.Detail, asked)
            .Should().Be((FileUploadErrorCodes.StorageMisconfigured, 503, "Its operator has to correct that.", 1));
    }

    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    [InlineData("parts")]
    [InlineData("in-place")]
    public async Task Upload_LostStorageResponse_Succeeds(string profile)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1_500_000));
        var lost = 0;
        stage.Storage.OnResponse = (context, _) =>
            DirectUploadClientResumeTests.AbortConnectionAsync(context, Interlocked.Increment(ref lost) == 1);

        var result = await stage.CreateClient().UploadAsync(
            file.Source, new FileUploadRequest { Profile = profile, Method = profile == "parts" ? FileUploadMethod.Multipart : null });

        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        if (profile == "in-place")
            stage.Storage.Requests.Last().Status.Should().Be(412, "what must be written once was there already, and it was ours");
    }

    [Fact]
    public async Task Upload_LostApplicationResponses_Succeeds()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        var lost = new ConcurrentDictionary<string, int>();
        stage.Application.OnResponse = async (context, request) =>
        {
            if (request.Path == "/uploads" || lost.AddOrUpdate(request.Path, 1, (_, times) => times + 1) > 2)
                return false;
            // Once nothing, once a part of it.
            if (lost[request.Path] == 2)
            {
                (context.Response.ContentLength, context.Response.ContentType) = (100, "application/json");
                await context.Response.Body.WriteAsync("{\"id\":"u8.ToArray());
                await context.Response.Body.FlushAsync();
            }

            context.Abort();
            return true;
        };

        var result = await stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("parts"));

        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        lost.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Upload_LostGrantResponse_RequestsAgain()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        var asked = 0;
        stage.Application.OnResponse = (context, request) => DirectUploadClientResumeTests.AbortConnectionAsync(
            context, request.Path == "/uploads" && Interlocked.Increment(ref asked) == 1);

        var result = await stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("put"));

        asked.Should().Be(2);
        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        stage.Storage.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Upload_RetryAfter_IsHonored()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        var times = new List<DateTime>();
        stage.Application.OnRequest = (context, _) =>
        {
            times.Add(DateTime.UtcNow);
            if (times.Count > 1)
                return Task.FromResult(false);
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "1");
            return Task.FromResult(true);
        };

        (await stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("put"))).Status.Should().Be(FileUploadStatus.Ready);

        (times[1] - times[0]).Should().BeGreaterThan(TimeSpan.FromMilliseconds(950));
    }

    [Fact]
    public async Task Upload_StalledConnection_IsRetried()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(3_000_000));
        var attempts = 0;
        stage.Storage.OnRequest = async (context, _) =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return attempts == 1;
        };

        var result = await stage.CreateClient(options => options.StallTimeout = TimeSpan.FromSeconds(1))
            .UploadAsync(file.Source, TestData.CreateRequest("put"));

        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(TestData.ComputeChecksum(file.Bytes));
        attempts.Should().Be(2);
    }

    [Fact]
    public async Task Upload_StorageUnavailable_IsInterruptedNotRejected()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(MultipartSize));
        stage.Storage.OnRequest = (context, _) => DirectUploadClientResumeTests.AbortConnectionAsync(context, true);

        var interrupted = await DirectUploadClientResumeTests.ThrowsAsync(
            () => stage.CreateClient(options => options.MaxRetries = 2).UploadAsync(file.Source, TestData.CreateRequest("parts")));

        interrupted.Code.Should().Be(FileUploadErrorCodes.Interrupted);
        interrupted.Detail.Should().Contain("resume the upload later");
        (interrupted.State!.Method, interrupted.State.Size, interrupted.State.PartSize)
            .Should().Be((FileUploadMethod.Multipart, MultipartSize, TestProfiles.PartSize));
        stage.Storage.OnRequest = (_, _) => Task.FromResult(false);
        (await stage.CreateClient().ResumeAsync(interrupted.State, file.Source)).Status.Should().Be(FileUploadStatus.Ready);
    }

    [Theory]
    [InlineData("nothing", "unknown-profile", 400)]
    [InlineData("tiny", "too-large", 413)]
    public async Task Upload_RejectedRequest_HasTheServerErrorCode(string profile, string code, int status)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));

        var refused = await DirectUploadClientResumeTests.ThrowsAsync(
            () => stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest(profile)));

        (refused.Code, refused.HttpStatus, refused.State).Should().Be((code, status, null));
        refused.Message.Should().Contain(refused.Detail).And.Contain(code);
        stage.Application.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Upload_QuotaExceeded_IsNotRetried()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        stage.Storage.OnRequest = (context, _) => DirectUploadClientResumeTests.AbortConnectionAsync(context, true);
        var client = stage.CreateClient(options => options.MaxRetries = 0);
        await DirectUploadClientResumeTests.ThrowsAsync(() => client.UploadAsync(file.Source, TestData.CreateRequest("one-at-a-time")));

        (await DirectUploadClientResumeTests.ThrowsAsync(() =>
            stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("one-at-a-time")))).Code.Should().Be("quota-exceeded");
    }

    [Fact]
    public async Task Upload_Processing_IsAwaitedAndRejectionExplained()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));

        var rejected = await DirectUploadClientResumeTests.ThrowsAsync(
            () => stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("refused")));
        (rejected.Code, rejected.Status, rejected.State).Should().Be(("ugly", FileUploadStatus.Rejected, null));
        rejected.Detail.Should().Contain("nicer");

        (await stage.CreateClient().UploadAsync(file.Source, TestData.CreateRequest("slow"))).Status.Should().Be(FileUploadStatus.Ready);
        var unfinished = await stage.CreateClient()
            .UploadAsync(file.Source, TestData.CreateRequest("slow"), new FileUploadOptions { WaitUntilReady = false });
        unfinished.Status.Should().BeOneOf(FileUploadStatus.Uploaded, FileUploadStatus.Processing);
        (await stage.CreateClient().GetAsync(unfinished.Id, unfinished.ReadToken)).FileName.Should().Be("noise.bin");
    }

    [Fact]
    public async Task Upload_OtherServer_FailsWithUnexpectedResponse()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        stage.Application.OnRequest = async (context, _) =>
        {
            await context.Response.Body.WriteAsync("<html>Please sign in to this hotel.</html>"u8.ToArray());
            return true;
        };

        (await DirectUploadClientResumeTests.ThrowsAsync(() => stage.CreateClient()
            .UploadAsync(file.Source, TestData.CreateRequest("put")))).Code.Should().Be(FileUploadErrorCodes.UnexpectedResponse);
    }

    private static async Task WriteErrorAsync(Microsoft.AspNetCore.Http.HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(
            System.Text.Encoding.UTF8.GetBytes($"<Error><Code>{code}</Code><Message>No.</Message></Error>"));
    }
}
