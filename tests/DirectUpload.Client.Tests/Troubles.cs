using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.Client.Tests;

public sealed class Troubles
{
    private const int InParts = (2 * TestProfiles.PartSize) + 11;

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "SlowDown")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(400, "RequestTimeout")]
    [InlineData(409, "ConditionalRequestConflict")]
    public async Task What_may_pass_is_ridden_out(int status, string code)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var failed = new ConcurrentDictionary<string, int>();
        stage.Storage.Before = async (context, request) =>
        {
            if (failed.AddOrUpdate(request.Path + request.Part, 1, (_, times) => times + 1) > 2)
                return false;
            await AnswerAsync(context, status, code);
            return true;
        };

        foreach (var profile in new[] { "put", "post", "parts" })
        {
            var result = await stage.Client().UploadAsync(file.Source, Sample.Request(profile));
            (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        }
    }

    [Theory]
    [InlineData(400, "EntityTooLarge")]
    [InlineData(405, "MethodNotAllowed")]
    [InlineData(301, "PermanentRedirect")]
    public async Task What_can_not_succeed_is_not_tried_again(int status, string code)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        stage.Storage.Before = async (context, _) =>
        {
            await AnswerAsync(context, status, code);
            return true;
        };

        var refused = await Resuming.Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request("put")));

        (refused.Code, refused.HttpStatus).Should().Be((UploadErrorCodes.StorageRefused, status));
        refused.Detail.Should().Contain(code);
        stage.Storage.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Misconfigured_storage_is_not_asked_again()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        var asked = 0;
        stage.Application.Before = async (context, _) =>
        {
            asked++;
            context.Response.StatusCode = 503;
            context.Response.ContentType = "application/problem+json";
            context.Response.Headers.RetryAfter = "60";
            await context.Response.WriteAsync("""{"title":"Service Unavailable","status":503,"code":"storage-misconfigured","detail":"Its operator has to correct that."}""");
            return true;
        };

        var refused = await Resuming.Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request("put")));

        (refused.Code, refused.HttpStatus, refused.Detail, asked).Should().Be((UploadErrorCodes.StorageMisconfigured, 503, "Its operator has to correct that.", 1));
    }

    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    [InlineData("parts")]
    [InlineData("in-place")]
    public async Task A_lost_answer_of_storage_loses_nothing(string profile)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1_500_000));
        var lost = 0;
        stage.Storage.After = (context, _) => Resuming.HangUpAsync(context, Interlocked.Increment(ref lost) == 1);

        var result = await stage.Client().UploadAsync(file.Source, new UploadRequest { Profile = profile, Method = profile == "parts" ? UploadMethod.Multipart : null });

        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        if (profile == "in-place")
            stage.Storage.Requests.Last().Status.Should().Be(412, "what must be written once was there already, and it was ours");
    }

    [Fact]
    public async Task A_lost_or_cut_answer_of_the_application_loses_nothing_once_the_upload_is_granted()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        var lost = new ConcurrentDictionary<string, int>();
        stage.Application.After = async (context, request) =>
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

        var result = await stage.Client().UploadAsync(file.Source, Sample.Request("parts"));

        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        lost.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_request_whose_answer_is_lost_is_asked_again_and_the_lost_one_has_sent_nothing()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        var asked = 0;
        stage.Application.After = (context, request) => Resuming.HangUpAsync(context, request.Path == "/uploads" && Interlocked.Increment(ref asked) == 1);

        var result = await stage.Client().UploadAsync(file.Source, Sample.Request("put"));

        asked.Should().Be(2);
        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        stage.Storage.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_application_that_says_when_to_come_back_is_obeyed()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        var times = new List<DateTime>();
        stage.Application.Before = (context, _) =>
        {
            times.Add(DateTime.UtcNow);
            if (times.Count > 1)
                return Task.FromResult(false);
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "1");
            return Task.FromResult(true);
        };

        (await stage.Client().UploadAsync(file.Source, Sample.Request("put"))).Status.Should().Be(UploadStatus.Ready);

        (times[1] - times[0]).Should().BeGreaterThan(TimeSpan.FromMilliseconds(950));
    }

    [Fact]
    public async Task A_connection_that_stalls_is_cut_and_one_that_is_slow_is_not()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(3_000_000));
        var attempts = 0;
        stage.Storage.Before = async (context, _) =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return attempts == 1;
        };

        var result = await stage.Client(options => options.StallTimeout = TimeSpan.FromSeconds(1)).UploadAsync(file.Source, Sample.Request("put"));

        (await stage.StoredChecksumAsync(result.Id)).Should().Be(Sample.Checksum(file.Bytes));
        attempts.Should().Be(2);
    }

    [Fact]
    public async Task Storage_that_stays_away_is_an_interruption_never_a_rejection()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(InParts));
        stage.Storage.Before = (context, _) => Resuming.HangUpAsync(context, true);

        var interrupted = await Resuming.Interrupted(() => stage.Client(options => options.MaxRetries = 2).UploadAsync(file.Source, Sample.Request("parts")));

        interrupted.Code.Should().Be(UploadErrorCodes.Interrupted);
        interrupted.Detail.Should().Contain("go on later");
        (interrupted.State!.Method, interrupted.State.Size, interrupted.State.PartSize).Should().Be((UploadMethod.Multipart, InParts, TestProfiles.PartSize));
        stage.Storage.Before = (_, _) => Task.FromResult(false);
        (await stage.Client().ResumeAsync(interrupted.State, file.Source)).Status.Should().Be(UploadStatus.Ready);
    }

    [Theory]
    [InlineData("nothing", "unknown-profile", 400)]
    [InlineData("tiny", "too-large", 413)]
    public async Task A_refusal_has_the_applications_code_and_words(string profile, string code, int status)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));

        var refused = await Resuming.Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request(profile)));

        (refused.Code, refused.HttpStatus, refused.State).Should().Be((code, status, null));
        refused.Message.Should().Contain(refused.Detail).And.Contain(code);
        stage.Application.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_full_quota_is_not_tried_again()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        stage.Storage.Before = (context, _) => Resuming.HangUpAsync(context, true);
        var client = stage.Client(options => options.MaxRetries = 0);
        await Resuming.Interrupted(() => client.UploadAsync(file.Source, Sample.Request("one-at-a-time")));

        (await Resuming.Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request("one-at-a-time")))).Code.Should().Be("quota-exceeded");
    }

    [Fact]
    public async Task What_the_application_rejects_says_why_and_what_it_is_still_at_is_waited_for()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));

        var rejected = await Resuming.Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request("refused")));
        (rejected.Code, rejected.Status, rejected.State).Should().Be(("ugly", UploadStatus.Rejected, null));
        rejected.Detail.Should().Contain("nicer");

        (await stage.Client().UploadAsync(file.Source, Sample.Request("slow"))).Status.Should().Be(UploadStatus.Ready);
        var unfinished = await stage.Client().UploadAsync(file.Source, Sample.Request("slow"), new TransferOptions { WaitUntilReady = false });
        unfinished.Status.Should().BeOneOf(UploadStatus.Uploaded, UploadStatus.Processing);
        (await stage.Client().GetAsync(unfinished.Id, unfinished.ReadToken)).FileName.Should().Be("noise.bin");
    }

    [Fact]
    public async Task What_is_no_DirectUpload_server_is_called_so()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        stage.Application.Before = async (context, _) =>
        {
            await context.Response.Body.WriteAsync("<html>Please sign in to this hotel.</html>"u8.ToArray());
            return true;
        };

        (await Resuming.Interrupted(() => stage.Client().UploadAsync(file.Source, Sample.Request("put")))).Code.Should().Be(UploadErrorCodes.UnexpectedAnswer);
    }

    private static async Task AnswerAsync(Microsoft.AspNetCore.Http.HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"<Error><Code>{code}</Code><Message>No.</Message></Error>"));
    }
}
