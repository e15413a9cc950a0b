using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Decisions;

/// <summary>Uploads that wait for the decision of a processor.</summary>
public sealed class DecisionTests
{
    private static readonly string Name = typeof(DelegateProcessor).ToString();
    private static readonly TimeSpan Wait = TimeSpan.FromHours(1);

    [Fact]
    public async Task Accept_Waiting_BecomesReadyWithTheSameObject()
    {
        var runs = 0;
        await using var host = CreateHost(context => runs++);
        var grant = await WaitAsync(host);
        var waiting = await host.GetRecordAsync(grant);

        (await GiveAsync(host, grant, ProcessingResult.Accept)).Value!.Status.Should().Be(UploadStatus.Processing);
        await host.Worker.RunOnceAsync();

        var ready = await host.GetRecordAsync(grant);
        (ready.Status, ready.FinalKey, ready.ETag, runs).Should().Be((UploadStatus.Ready, waiting.FinalKey, waiting.ETag, 1));
        ready.Transitions.Select(it => it.Status).Should().Equal(
            UploadStatus.Requested, UploadStatus.Uploaded, UploadStatus.Processing, UploadStatus.Processing, UploadStatus.Ready);
        host.Bucket.Keys.Should().BeEquivalentTo([ready.StagingKey, ready.FinalKey]);
    }

    [Fact]
    public async Task Wait_NoDecision_HoldsNoLeaseAndServesNothing()
    {
        var runs = 0;
        await using var host = CreateHost(context => runs++);
        var grant = await WaitAsync(host);

        for (var passed = TimeSpan.Zero; passed < Wait - TimeSpan.FromMinutes(1); passed += TimeSpan.FromMinutes(1))
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            (await host.Worker.RunOnceAsync()).Should().Be(0);
        }

        var waiting = await host.GetRecordAsync(grant);
        (waiting.Status, waiting.Attempts, waiting.FailedAttempts, runs).Should().Be((UploadStatus.Processing, 1, 0, 1));
        waiting.NextActionAt.Should().Be(host.Clock.Start + Wait);
        waiting.Decisions.Should().Equal(new UploadDecision(Name, host.Clock.Start + Wait));
        foreach (var access in new UploadAccess[]
            { UploadAccess.Application, UploadAccess.Client, UploadAccess.Owner("ada"), grant.ReadToken, grant.WriteToken })
        {
            (await host.Service.OpenReadAsync(grant.Record.Id, access)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
            (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, access)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        }

        await using var content = (await host.Service.OpenReadAsync(grant.Record.Id, UploadAccess.Reviewer)).Value!.Stream;
        (await new StreamReader(content).ReadToEndAsync(TestContext.Current.CancellationToken)).Should().Be(UploadHost.Text);
        (await host.Service.CreateDownloadUrlAsync(grant.Record.Id, UploadAccess.Reviewer)).Value!.Url.Should().Contain(waiting.FinalKey);
    }

    [Fact]
    public async Task Reject_Waiting_IsRejectedWithTheReasonAndItsObjectsAreDeleted()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);

        (await GiveAsync(host, grant, ProcessingResult.Reject("nudity", "This picture is not allowed."))).Succeeded.Should().BeTrue();
        await host.Worker.RunOnceAsync();

        var rejected = await host.GetRecordAsync(grant);
        (rejected.Status, rejected.Error).Should().Be((UploadStatus.Rejected, new UploadError("nudity", "This picture is not allowed.")));
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deadline_Passed_DecidesAsTheProfileSays(bool accepts)
    {
        await using var host = CreateHost(profile: it => it.AcceptWithoutDecision = accepts);
        var grant = await WaitAsync(host);

        host.Clock.Advance(Wait);
        await host.Worker.RunOnceAsync();

        var ended = await host.GetRecordAsync(grant);
        ended.Status.Should().Be(accepts ? UploadStatus.Ready : UploadStatus.Rejected);
        ended.Error?.Code.Should().Be(UploadErrorCodes.DecisionMissing);
        foreach (var late in new[] { ProcessingResult.Accept, ProcessingResult.Reject("late", "Too late.") })
        {
            var isSame = accepts == late.Rejection is null;
            (await GiveAsync(host, grant, late)).Error?.Code.Should().Be(isSame ? null : UploadErrorCodes.Conflict);
        }

        (await host.GetRecordAsync(grant)).Should().BeEquivalentTo(ended);
    }

    [Fact]
    public async Task Give_AfterTheDeadlineButBeforeTheWorker_DoesNotCount()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);
        host.Clock.Advance(Wait);

        (await GiveAsync(host, grant, ProcessingResult.Accept)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        await host.Worker.RunOnceAsync();

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Rejected);
    }

    [Fact]
    public async Task Give_DoubledAndContradicting_TheFirstCounts()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);

        (await GiveAsync(host, grant, ProcessingResult.Accept)).Succeeded.Should().BeTrue();
        (await GiveAsync(host, grant, ProcessingResult.Accept)).Succeeded.Should().BeTrue();
        (await GiveAsync(host, grant, ProcessingResult.Reject("no", "No."))).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        await host.Worker.RunOnceAsync();
        (await GiveAsync(host, grant, ProcessingResult.Reject("no", "No."))).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        (await GiveAsync(host, grant, ProcessingResult.Accept)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Give_NamesWhoDecides_TheFirstOneIsKept()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);

        foreach (var moderator in new[] { "ada", "grace", null })
        {
            (await host.Service.CompleteProcessingAsync(
                grant.Record.Id, Name, ProcessingResult.Accept, moderator)).Succeeded.Should().BeTrue();
        }

        await host.Worker.RunOnceAsync();

        (await host.GetRecordAsync(grant)).Decisions.Single().DecidedBy.Should().Be("ada");
    }

    [Fact]
    public async Task Deadline_NamesNobody()
    {
        await using var host = CreateHost(profile: it => it.AcceptWithoutDecision = true);
        var grant = await WaitAsync(host);
        host.Clock.Advance(Wait);

        await host.Worker.RunOnceAsync();

        (await host.GetRecordAsync(grant)).Decisions.Single().DecidedBy.Should().BeNull();
    }

    // A service may answer faster than the attempt stores that the upload waits.
    [Fact]
    public async Task Give_WhileTheProcessorRuns_WaitsForTheAttempt()
    {
        UploadHost host = null!;
        UploadGrant grant = null!;
        Task<UploadResult<Upload>>? giving = null;
        host = ProcessingHost.Create((_, _) =>
        {
            giving = GiveAsync(host, grant, ProcessingResult.Accept);
            return Task.FromResult(ProcessingResult.Pending(host.Clock.GetUtcNow() + Wait));
        });
        await using var disposed = host;
        grant = await host.UploadAndConfirmAsync();

        await host.Worker.RunOnceAsync();
        giving!.IsCompleted.Should().BeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        (await giving).Succeeded.Should().BeTrue();
        await host.Worker.RunOnceAsync();
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    // What is stored during an attempt would be lost with it, so nothing is stored.
    [Fact]
    public async Task Give_ToAnAttemptThatFails_IsAConflict()
    {
        UploadHost host = null!;
        UploadGrant grant = null!;
        Task<UploadResult<Upload>>? giving = null;
        host = ProcessingHost.Create((_, _) =>
        {
            giving ??= GiveAsync(host, grant, ProcessingResult.Accept);
            throw new InvalidOperationException("Broken.");
        });
        await using var disposed = host;
        grant = await host.UploadAndConfirmAsync();

        await host.Worker.RunOnceAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(6));

        (await giving!).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        (await host.GetRecordAsync(grant)).Decisions.Should().BeEmpty();
    }

    [Fact]
    public async Task Give_NotWaiting_IsAConflict()
    {
        await using var host = CreateHost();
        foreach (var grant in new[] { await host.GrantAsync(), await host.UploadAndConfirmAsync() })
            (await GiveAsync(host, grant, ProcessingResult.Accept)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
        var waiting = await WaitAsync(host);
        (await host.Service.CompleteProcessingAsync(waiting.Record.Id, "other", ProcessingResult.Accept)).Error!.Code
            .Should().Be(UploadErrorCodes.Conflict);
        (await host.Service.CompleteProcessingAsync(UploadId.Create(host.Clock.Start), Name, ProcessingResult.Accept)).Error!.Code
            .Should().Be(UploadErrorCodes.NotFound);
        var pending = () => host.Service.CompleteProcessingAsync(waiting.Record.Id, Name, ProcessingResult.Pending(host.Clock.Start));
        await pending.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Delete_Waiting_AbortsAndDeletesTheObjects()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);

        (await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken)).Value!.Status.Should().Be(UploadStatus.Aborted);

        host.Bucket.Keys.Should().BeEmpty();
        (await GiveAsync(host, grant, ProcessingResult.Accept)).Error!.Code.Should().Be(UploadErrorCodes.Conflict);
    }

    [Fact]
    public async Task List_AwaitedProcessor_ListsThoseThatWait()
    {
        await using var host = CreateHost();
        var (waiting, decided) = (await WaitAsync(host), await WaitAsync(host));
        await GiveAsync(host, decided, ProcessingResult.Accept);

        var listed = await host.Service.ListAsync(UploadFilter.ForAll() with { AwaitedProcessor = Name })
            .ToListAsync(TestContext.Current.CancellationToken);

        listed.Select(it => it.Id).Should().Equal(waiting.Record.Id);
        listed[0].Decisions.Should().ContainSingle(it => it.Processor == Name && it.IsAwaited);
    }

    [Fact]
    public async Task Accept_ClientWroteTheStagingKeyAgain_ServesWhatWasReviewed()
    {
        await using var host = CreateHost();
        var grant = await WaitAsync(host);
        host.Bucket.Put(grant.Record.StagingKey, "something else", "text/plain");

        await GiveAsync(host, grant, ProcessingResult.Accept);
        await host.Worker.RunOnceAsync();

        await using var content = (await host.Service.OpenReadAsync(grant.Record.Id, UploadAccess.Application)).Value!.Stream;
        (await new StreamReader(content).ReadToEndAsync(TestContext.Current.CancellationToken)).Should().Be(UploadHost.Text);
    }

    private static UploadHost CreateHost(Action<UploadProcessingContext>? run = null, Action<UploadProfile>? profile = null)
    {
        UploadHost host = null!;
        return host = ProcessingHost.Create(
            (context, _) =>
            {
                run?.Invoke(context);
                return Task.FromResult(ProcessingResult.Pending(host.Clock.GetUtcNow() + Wait));
            },
            profile);
    }

    private static async Task<UploadGrant> WaitAsync(UploadHost host)
    {
        var grant = await host.UploadAndConfirmAsync();
        await host.Worker.RunOnceAsync();
        (await host.GetRecordAsync(grant)).AwaitedProcessor().Should().Be(Name);
        return grant;
    }

    private static Task<UploadResult<Upload>> GiveAsync(UploadHost host, UploadGrant grant, ProcessingResult result) =>
        host.Service.CompleteProcessingAsync(grant.Record.Id, Name, result);
}
