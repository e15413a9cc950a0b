using System.Text;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Tests.Service;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Processing;

public sealed class ProcessorTests
{
    [Fact]
    public async Task It_reads_the_frozen_copy_whole_and_in_ranges()
    {
        var seen = new List<string>();
        await using var host = ProcessingHost.With(async (context, cancellationToken) =>
        {
            seen.Add(await TextOf(await context.OpenReadAsync(cancellationToken)));
            seen.Add(await TextOf(await context.OpenRangeAsync(7, 5, cancellationToken)));
            seen.Add(await TextOf(await context.OpenRangeAsync(7, 500, cancellationToken)));
            seen.Add(await TextOf(await context.OpenRangeAsync(context.Size, 1, cancellationToken)));
            return UploadVerdict.Accept;
        });
        var grant = await host.ArrivedAsync();
        host.Bucket.Before = (verb, key) => verb == BucketVerb.OpenRead && key == grant.Record.StagingKey
            ? throw new InvalidOperationException("Not what a client can change.") : Task.CompletedTask;

        await host.Worker.RunOnceAsync();

        seen.Should().Equal(UploadHost.Text, "world", "world", "");
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task What_it_finds_and_makes_is_in_the_record_and_goes_with_it()
    {
        await using var host = ProcessingHost.With(async (context, cancellationToken) =>
        {
            context.Find("words", "2");
            await context.PutDerivativeAsync("upper.txt", "text/plain", new MemoryStream(Encoding.UTF8.GetBytes("HELLO")), cancellationToken);
            return UploadVerdict.Accept;
        });
        var grant = await host.ArrivedAsync();
        await host.Worker.RunOnceAsync();

        var ready = await host.RecordOf(grant);
        ready.Findings.Should().Equal(new Dictionary<string, string> { ["words"] = "2" });
        var upper = ready.Derivatives.Should().ContainSingle().Subject;
        upper.Should().Be(new UploadDerivative("upper.txt", ready.FinalKey.Replace(".txt", ".upper.txt", StringComparison.Ordinal), "text/plain", 5));
        host.Bucket[upper.Key]!.Bytes.Should().Equal("HELLO"u8.ToArray());

        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Bucket.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task A_rejection_deletes_everything_and_tells_the_client_why()
    {
        await using var host = ProcessingHost.With(async (context, cancellationToken) =>
        {
            await context.PutDerivativeAsync("upper.txt", "text/plain", new MemoryStream([1]), cancellationToken);
            return UploadVerdict.Reject("infected", "The file holds a virus.");
        });
        var grant = await host.ArrivedAsync();
        await host.Worker.RunOnceAsync();

        var rejected = await host.RecordOf(grant);
        rejected.Status.Should().Be(UploadStatus.Rejected);
        rejected.Error.Should().Be(new UploadFailure("infected", "The file holds a virus."));
        host.Bucket.Keys.Should().BeEmpty();
        (await host.ConfirmAsync(grant)).Error!.Detail.Should().Be("The file holds a virus.");
    }

    [Fact]
    public async Task Steps_run_in_order_and_none_after_a_rejection()
    {
        var order = new List<string>();
        await using var host = new UploadHost(
            profile: notes => notes.ProcessWith<First>().ProcessWith<Second>().ProcessWith<Third>(),
            configure: services => services.AddSingleton(order));
        var grant = await host.ArrivedAsync();
        await host.Worker.RunOnceAsync();

        order.Should().Equal("first", "second");
        (await host.StatusOf(grant)).Should().Be(UploadStatus.Rejected);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".txt")]
    [InlineData("a/b.txt")]
    [InlineData("Upper.txt")]
    [InlineData("txt")]
    public async Task A_derivative_without_a_name_of_its_own_is_a_bug_that_says_so(string name)
    {
        ArgumentException? thrown = null;
        await using var host = ProcessingHost.With(async (context, cancellationToken) =>
        {
            try
            {
                await context.PutDerivativeAsync(name, "text/plain", Stream.Null, cancellationToken);
            }
            catch (ArgumentException fault)
            {
                thrown = fault;
            }

            return UploadVerdict.Accept;
        });
        var grant = await host.ArrivedAsync();
        await host.Worker.RunOnceAsync();

        thrown.Should().NotBeNull();
        host.Bucket[(await host.RecordOf(grant)).FinalKey]!.Bytes.Should().Equal(Encoding.UTF8.GetBytes(UploadHost.Text));
    }

    [Fact]
    public async Task In_place_what_attempts_make_is_not_shared_and_none_is_left()
    {
        var attempts = 0;
        await using var host = ProcessingHost.With(
            async (context, cancellationToken) =>
            {
                await context.PutDerivativeAsync("small.txt", "text/plain", new MemoryStream([(byte)context.Attempt]), cancellationToken);
                return ++attempts == 1 ? throw new InvalidOperationException("Once.") : UploadVerdict.Accept;
            },
            notes => notes.Finalisation = Finalisation.InPlace);
        var grant = await host.ArrivedAsync();
        await host.RunWorkerFor(TimeSpan.FromMinutes(1));

        var ready = await host.RecordOf(grant);
        ready.Attempts.Should().Be(2);
        host.Bucket.Keys.Should().BeEquivalentTo(ready.FinalKey, ready.Derivatives.Single().Key);
        host.Bucket[ready.Derivatives.Single().Key]!.Bytes.Should().Equal(2);
    }

    [Theory]
    [InlineData(Finalisation.Promote)]
    [InlineData(Finalisation.InPlace)]
    public async Task What_is_made_after_an_abort_and_all_its_cleaning_up_is_not_left(Finalisation finalisation)
    {
        var (began, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = ProcessingHost.With(
            async (context, _) =>
            {
                began.SetResult();
                await ended.Task; // deaf to its cancellation
                await context.PutDerivativeAsync("late.txt", "text/plain", new MemoryStream([1]), CancellationToken.None);
                return UploadVerdict.Accept;
            },
            notes => notes.Finalisation = finalisation);
        var grant = await host.ArrivedAsync();
        var working = host.Worker.RunOnceAsync();
        await began.Task;
        await host.Service.DeleteAsync(grant.Record.Id, grant.WriteToken);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.Worker.RunOnceAsync();

        ended.SetResult();
        await working;

        (await host.StatusOf(grant)).Should().Be(UploadStatus.Aborted);
        host.Bucket.Keys.Should().BeEmpty();
    }

    private static async Task<string> TextOf(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private sealed class First(List<string> order) : IUploadProcessor
    {
        public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            order.Add("first");
            return Task.FromResult(UploadVerdict.Accept);
        }
    }

    private sealed class Second(List<string> order) : IUploadProcessor
    {
        public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            order.Add("second");
            return Task.FromResult(UploadVerdict.Reject("no", "No."));
        }
    }

    private sealed class Third(List<string> order) : IUploadProcessor
    {
        public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            order.Add("third");
            return Task.FromResult(UploadVerdict.Accept);
        }
    }
}
