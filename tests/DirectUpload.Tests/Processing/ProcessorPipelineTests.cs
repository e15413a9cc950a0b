using System.IO.Pipelines;
using System.Text;
using DirectUpload.Processing;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Processing;

public sealed class ProcessorPipelineTests
{
    [Fact]
    public async Task OpenRead_FinalObject_ReadsWholeAndRanges()
    {
        var seen = new List<string>();
        await using var host = ProcessingHost.Create(async (context, cancellationToken) =>
        {
            seen.Add(await ReadTextAsync(await context.OpenReadAsync(cancellationToken)));
            seen.Add(await ReadTextAsync(await context.OpenRangeAsync(7, 5, cancellationToken)));
            seen.Add(await ReadTextAsync(await context.OpenRangeAsync(7, 500, cancellationToken)));
            seen.Add(await ReadTextAsync(await context.OpenRangeAsync(7, long.MaxValue, cancellationToken)));
            seen.Add(await ReadTextAsync(await context.OpenRangeAsync(context.Size, 1, cancellationToken)));
            return ProcessingResult.Accept;
        });
        var grant = await host.UploadAndConfirmAsync();
        host.Bucket.BeforeCall = (verb, key) => verb == BucketOperation.OpenRead && key == grant.Record.StagingKey
            ? throw new InvalidOperationException("Not what a client can change.") : Task.CompletedTask;

        await host.Worker.RunOnceAsync();

        seen.Should().Equal(UploadHost.Text, "world", "world", "world", "");
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Process_PropertiesAndVariants_AreRecordedAndDeleted()
    {
        await using var host = ProcessingHost.Create(async (context, cancellationToken) =>
        {
            context.SetProperty("words", "2");
            await context.PutVariantAsync("upper.txt", "text/plain", new MemoryStream(Encoding.UTF8.GetBytes("HELLO")), cancellationToken);
            return ProcessingResult.Accept;
        });
        var grant = await host.UploadAndConfirmAsync();
        await host.Worker.RunOnceAsync();

        var ready = await host.GetRecordAsync(grant);
        ready.Properties.Should().Equal(new Dictionary<string, string> { ["words"] = "2" });
        var upper = ready.Variants.Should().ContainSingle().Subject;
        upper.Should().Be(new UploadVariant(
            "upper.txt", ready.FinalKey.Replace(".txt", ".upper.txt", StringComparison.Ordinal), "text/plain", 5));
        host.Bucket[upper.Key]!.Bytes.Should().Equal("HELLO"u8.ToArray());

        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Process_Reject_DeletesAllAndReportsTheReason()
    {
        await using var host = ProcessingHost.Create(async (context, cancellationToken) =>
        {
            await context.PutVariantAsync("upper.txt", "text/plain", new MemoryStream([1]), cancellationToken);
            return ProcessingResult.Reject("infected", "The file holds a virus.");
        });
        var grant = await host.UploadAndConfirmAsync();
        await host.Worker.RunOnceAsync();

        var rejected = await host.GetRecordAsync(grant);
        rejected.Status.Should().Be(UploadStatus.Rejected);
        rejected.Error.Should().Be(new UploadError("infected", "The file holds a virus."));
        host.Bucket.Keys.Should().BeEmpty();
        (await host.ConfirmAsync(grant)).Error!.Message.Should().Be("The file holds a virus.");
    }

    [Fact]
    public async Task Process_Several_RunInOrderUntilRejection()
    {
        var order = new List<string>();
        await using var host = new UploadHost(
            profile: notes => notes.AddProcessor<FirstProcessor>().AddProcessor<RejectingProcessor>().AddProcessor<ThirdProcessor>(),
            configure: services => services.AddSingleton(order));
        var grant = await host.UploadAndConfirmAsync();
        await host.Worker.RunOnceAsync();

        order.Should().Equal("first", "second");
        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Rejected);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".txt")]
    [InlineData("a/b.txt")]
    [InlineData("Upper.txt")]
    [InlineData("txt")]
    public async Task PutVariant_InvalidName_Throws(string name)
    {
        ArgumentException? thrown = null;
        await using var host = ProcessingHost.Create(async (context, cancellationToken) =>
        {
            try
            {
                await context.PutVariantAsync(name, "text/plain", Stream.Null, cancellationToken);
            }
            catch (ArgumentException fault)
            {
                thrown = fault;
            }

            return ProcessingResult.Accept;
        });
        var grant = await host.UploadAndConfirmAsync();
        await host.Worker.RunOnceAsync();

        thrown.Should().NotBeNull();
        host.Bucket[(await host.GetRecordAsync(grant)).FinalKey]!.Bytes.Should().Equal(Encoding.UTF8.GetBytes(UploadHost.Text));
    }

    [Fact]
    public async Task Process_InPlaceRetry_LeavesOnlyTheLastVariants()
    {
        var attempts = 0;
        await using var host = ProcessingHost.Create(
            async (context, cancellationToken) =>
            {
                await context.PutVariantAsync("small.txt", "text/plain", new MemoryStream([(byte)context.Attempt]), cancellationToken);
                return ++attempts == 1 ? throw new InvalidOperationException("Once.") : ProcessingResult.Accept;
            },
            notes => notes.FinalizeInPlace = true);
        var grant = await host.UploadAndConfirmAsync();
        await host.RunWorkerForAsync(TimeSpan.FromMinutes(1));

        var ready = await host.GetRecordAsync(grant);
        ready.Attempts.Should().Be(2);
        host.Bucket.Keys.Should().BeEquivalentTo(ready.FinalKey, ready.Variants.Single().Key);
        host.Bucket[ready.Variants.Single().Key]!.Bytes.Should().Equal(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PutVariant_AfterAbort_LeavesNoObject(bool inPlace)
    {
        var (began, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = ProcessingHost.Create(
            async (context, _) =>
            {
                began.SetResult();
                await ended.Task; // deaf to its cancellation
                await context.PutVariantAsync("late.txt", "text/plain", new MemoryStream([1]), CancellationToken.None);
                return ProcessingResult.Accept;
            },
            notes => notes.FinalizeInPlace = inPlace);
        var grant = await host.UploadAndConfirmAsync();
        var working = host.Worker.RunOnceAsync();
        await began.Task;
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.Worker.RunOnceAsync();

        ended.SetResult();
        await working;

        (await host.GetStatusAsync(grant)).Should().Be(UploadStatus.Aborted);
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PutVariant_InTransitAtAbort_LeavesNoObject()
    {
        var (content, put) = (new Pipe(), new TaskCompletionSource<Exception?>());
        await using var host = ProcessingHost.Create(async (context, _) =>
        {
            var putting = context.PutVariantAsync("late.txt", "text/plain", content.Reader.AsStream(), CancellationToken.None);
            put.SetResult(await Record.ExceptionAsync(() => putting));
            return ProcessingResult.Accept;
        });
        var grant = await host.UploadAndConfirmAsync();
        var working = host.Worker.RunOnceAsync();
        await content.Writer.WriteAsync(new byte[] { 1 });
        while ((await host.GetRecordAsync(grant)).Attempts == 0)
            await Task.Yield();
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await working;

        await content.Writer.CompleteAsync();

        (await put.Task).Should().BeOfType<InvalidOperationException>();
        host.Bucket.Keys.Should().BeEmpty();
    }

    private static async Task<string> ReadTextAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private sealed class FirstProcessor(List<string> order) : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            order.Add("first");
            return Task.FromResult(ProcessingResult.Accept);
        }
    }

    private sealed class RejectingProcessor(List<string> order) : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            order.Add("second");
            return Task.FromResult(ProcessingResult.Reject("no", "No."));
        }
    }

    private sealed class ThirdProcessor(List<string> order) : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            order.Add("third");
            return Task.FromResult(ProcessingResult.Accept);
        }
    }
}
