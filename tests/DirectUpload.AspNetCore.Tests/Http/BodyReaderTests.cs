using System.IO.Pipelines;
using DirectUpload.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Http;

public sealed class BodyReaderTests
{
    private const int MaxLength = 64 * 1024;

    private readonly FakeTimeProvider _clock = new();
    private readonly BodyMemoryBudget _budget = new(100_000);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(MaxLength)]
    public async Task Read_WholeBody_IsReturned(int length)
    {
        var sent = new byte[length];
        Random.Shared.NextBytes(sent);

        var (body, fault) = await ReadAsync(new MemoryStream(sent));

        fault.Should().BeNull();
        body!.Bytes.ToArray().Should().Equal(sent);
        body.Dispose();
        _budget.TryReserve(100_000).Should().BeTrue("all of it was returned");
    }

    [Fact]
    public async Task Read_TooLong_IsRefused()
    {
        var (body, fault) = await ReadAsync(new MemoryStream(new byte[MaxLength + 1]));

        (body, fault!.Kind).Should().Be((null, BodyErrorKind.Invalid));
        fault.Detail.Should().Contain("64 KiB");
        _budget.TryReserve(100_000).Should().BeTrue("all of it was returned");
    }

    [Fact]
    public async Task Read_DeclaredLength_AllocatesNothing()
    {
        var pipe = new Pipe();
        var reading = ReadAsync(pipe.Reader, largest: 1_000_000, announced: 1_000_000);
        await pipe.Writer.WriteAsync(new byte[BodyMemoryBudget.FreeBytes], Stop);

        _budget.TryReserve(100_000).Should().BeTrue("only what arrives takes memory");

        _budget.Release(100_000);
        await pipe.Writer.CompleteAsync();
        (await reading).Body!.Dispose();
    }

    [Fact]
    public async Task Read_BudgetExhausted_RefusesLargeBodiesOnly()
    {
        _budget.TryReserve(100_000).Should().BeTrue();

        (await ReadAsync(new MemoryStream(new byte[BodyMemoryBudget.FreeBytes]))).Body!.Length.Should().Be(BodyMemoryBudget.FreeBytes);
        (await ReadAsync(new MemoryStream(new byte[BodyMemoryBudget.FreeBytes + 1]))).Fault!.Kind.Should().Be(BodyErrorKind.ServerBusy);

        _budget.Release(100_000);
        (await ReadAsync(new MemoryStream(new byte[BodyMemoryBudget.FreeBytes + 1]))).Fault.Should().BeNull();
    }

    [Fact]
    public async Task Read_PartHasArrived_WaitsForTheRest()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[10], Stop);
        var reading = ReadAsync(pipe.Reader);
        reading.IsCompleted.Should().BeFalse();

        await pipe.Writer.WriteAsync(new byte[20], Stop);
        await pipe.Writer.CompleteAsync();

        var (body, fault) = await reading.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        (body!.Length, fault).Should().Be((30, null));
        body.Dispose();
    }

    [Fact]
    public async Task Read_PartHasArrived_TimesOut()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[10], Stop);
        var reading = ReadAsync(pipe.Reader);

        _clock.Advance(TimeSpan.FromSeconds(30));

        (await reading.WaitAsync(TimeSpan.FromSeconds(30), Stop)).Fault!.Kind.Should().Be(BodyErrorKind.Timeout);
    }

    [Theory]
    [InlineData(MaxLength, 30)]
    [InlineData(1_000_000, 60)]
    public async Task Read_SlowBody_TimesOut(int largest, int seconds)
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
        (body, fault!.Kind).Should().Be((null, BodyErrorKind.Timeout));
        fault.Detail.Should().Contain($"{seconds} seconds");
    }

    public static TheoryData<Exception> Failures =>
    [
        new IOException("Bad chunk size data."), new BadHttpRequestException("Unexpected end of request content."),
        new OperationCanceledException(), new InvalidDataException("Not gzip."),
    ];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Read_FailingBody_IsAClientError(Exception failure)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[10], Stop);
        await pipe.Writer.CompleteAsync(failure);

        var (body, fault) = await ReadAsync(pipe.Reader);

        (body, fault!.Kind).Should().Be((null, BodyErrorKind.Invalid));
    }

    private Task<(ReceivedBody? Body, BodyError? Fault)> ReadAsync(Stream body) => ReadAsync(PipeReader.Create(body));

    private Task<(ReceivedBody? Body, BodyError? Fault)> ReadAsync(PipeReader body, int largest = MaxLength, long? announced = null)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton<TimeProvider>(_clock).BuildServiceProvider(),
        };
        context.Features.Set<IRequestBodyPipeFeature>(new Received(body));
        context.Request.ContentLength = announced;
        return BodyReader.ReadAsync(context.Request, largest, _budget, CancellationToken.None).AsTask();
    }

    private sealed record Received(PipeReader Reader) : IRequestBodyPipeFeature;
}
