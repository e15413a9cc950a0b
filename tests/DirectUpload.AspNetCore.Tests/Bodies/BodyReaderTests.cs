using System.IO.Pipelines;
using DirectUpload.AspNetCore.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Bodies;

public sealed class BodyReaderTests
{
    private const int Largest = 64 * 1024;

    private readonly FakeTimeProvider _clock = new();
    private readonly BodyBudget _budget = new(100_000);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(Largest)]
    public async Task Read_WholeBody_IsReturned(int length)
    {
        var sent = new byte[length];
        Random.Shared.NextBytes(sent);

        var (body, fault) = await ReadAsync(new MemoryStream(sent));

        fault.Should().BeNull();
        body!.Bytes.ToArray().Should().Equal(sent);
        body.Dispose();
        _budget.TryTake(100_000).Should().BeTrue("all of it was returned");
    }

    [Fact]
    public async Task Read_TooLong_IsRefused()
    {
        var (body, fault) = await ReadAsync(new MemoryStream(new byte[Largest + 1]));

        (body, fault!.Kind).Should().Be((null, BodyFaultKind.Invalid));
        fault.Detail.Should().Contain("64 KiB");
        _budget.TryTake(100_000).Should().BeTrue("all of it was returned");
    }

    [Fact]
    public async Task Read_AnnouncedLength_TakesNoMemory()
    {
        var pipe = new Pipe();
        var reading = ReadAsync(pipe.Reader, largest: 1_000_000, announced: 1_000_000);
        await pipe.Writer.WriteAsync(new byte[BodyBudget.Free], Stop);

        _budget.TryTake(100_000).Should().BeTrue("only what arrives takes memory");

        _budget.Return(100_000);
        await pipe.Writer.CompleteAsync();
        (await reading).Body!.Dispose();
    }

    [Fact]
    public async Task Read_BudgetUsedUp_RefusesLargeBodiesOnly()
    {
        _budget.TryTake(100_000).Should().BeTrue();

        (await ReadAsync(new MemoryStream(new byte[BodyBudget.Free]))).Body!.Length.Should().Be(BodyBudget.Free);
        (await ReadAsync(new MemoryStream(new byte[BodyBudget.Free + 1]))).Fault!.Kind.Should().Be(BodyFaultKind.Busy);

        _budget.Return(100_000);
        (await ReadAsync(new MemoryStream(new byte[BodyBudget.Free + 1]))).Fault.Should().BeNull();
    }

    [Theory]
    [InlineData(Largest, 30)]
    [InlineData(1_000_000, 60)]
    public async Task Read_SlowBody_EndsAtItsTimeLimit(int largest, int seconds)
    {
        var pipe = new Pipe();
        var reading = ReadAsync(pipe.Reader, largest);
        for (var i = 1; i < seconds; i++)
        {
            await pipe.Writer.WriteAsync(new byte[10], Stop);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        reading.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        var (body, fault) = await reading.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        (body, fault!.Kind).Should().Be((null, BodyFaultKind.TooSlow));
        fault.Detail.Should().Contain($"{seconds} seconds");
    }

    public static TheoryData<Exception> Failures =>
    [
        new IOException("Bad chunk size data."), new BadHttpRequestException("Unexpected end of request content."), new OperationCanceledException(), new InvalidDataException("Not gzip."),
    ];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Read_FailingBody_IsTheClientsFault(Exception failure)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[10], Stop);
        await pipe.Writer.CompleteAsync(failure);

        var (body, fault) = await ReadAsync(pipe.Reader);

        (body, fault!.Kind).Should().Be((null, BodyFaultKind.Invalid));
    }

    private Task<(ReceivedBody? Body, BodyFault? Fault)> ReadAsync(Stream body) => ReadAsync(PipeReader.Create(body));

    private Task<(ReceivedBody? Body, BodyFault? Fault)> ReadAsync(PipeReader body, int largest = Largest, long? announced = null)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton<TimeProvider>(_clock).BuildServiceProvider() };
        context.Features.Set<IRequestBodyPipeFeature>(new Received(body));
        context.Request.ContentLength = announced;
        return BodyReader.ReadAsync(context.Request, largest, _budget, CancellationToken.None);
    }

    private sealed record Received(PipeReader Reader) : IRequestBodyPipeFeature;
}
