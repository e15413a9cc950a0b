using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.AspNetCore.Tests.Operations;

/// <summary>An event stream logs a failure; the host's request log already has its start and its end.</summary>
public sealed class StreamUploadEventsTests : IAsyncLifetime
{
    private readonly CapturedLog _log = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private CountingStore _store = null!;
    private UploadApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddDirectUploads(options => options.Bucket = "uploads").UseInMemoryStore();
        (var store, _store) = CountingStore.Wrap(services.BuildServiceProvider().GetRequiredService<IUploadRecordStore>());
        _app = await UploadApp.StartAsync(new()
        {
            Services = services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                services.Replace(ServiceDescriptor.Singleton(store));
                services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
            },
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Stream_StoreUnavailable_LogsOneWarning()
    {
        var grant = await _app.Client.GrantAsync();
        using var response = await OpenAsync(grant);
        _store.FindException = new RecordStoreUnavailableException("The database is down.");

        await ReadToEndAsync(response);

        _log.Warnings.Should().Equal($"Event stream of upload {grant.Id} failed; the client reconnects");
    }

    [Fact]
    public async Task Stream_TerminalStatus_LogsNoWarning()
    {
        var grant = await _app.Client.GrantAsync();
        using var response = await OpenAsync(grant);
        (await _app.Client.DeleteAsync(grant)).ShouldBe(204);

        (await ReadToEndAsync(response)).Should().Contain("\"aborted\"");

        StreamLines.Should().BeEmpty();
    }

    [Fact]
    public async Task Stream_FiveMinutes_EndsWithoutAWarning()
    {
        using var response = await OpenAsync(await _app.Client.GrantAsync());
        _clock.Advance(TimeSpan.FromMinutes(5));

        await ReadToEndAsync(response);

        StreamLines.Should().BeEmpty();
    }

    private IEnumerable<string> StreamLines => _log.Lines.Where(line => line.StartsWith("Event stream", StringComparison.Ordinal));

    private Task<HttpResponseMessage> OpenAsync(Grant grant) => _app.Http.GetAsync(
        $"/uploads/{grant.Id}/events?token={grant.ReadToken}",
        HttpCompletionOption.ResponseHeadersRead,
        TestContext.Current.CancellationToken);

    private async Task<string> ReadToEndAsync(HttpResponseMessage response)
    {
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var reading = response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        for (var ticks = 0; ticks < 2000 && !reading.IsCompleted; ticks++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        reading.IsCompleted.Should().BeTrue("the stream ends");
        return await reading;
    }
}
