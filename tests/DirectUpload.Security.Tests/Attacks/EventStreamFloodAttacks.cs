using DirectUpload.Security.Tests.Table;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Many event streams, and what wakes them.</summary>
[Collection(nameof(SequentialTestCollection))]
public sealed class EventStreamFloodAttacks : FlowTests, IClassFixture<LocalS3Fixture>
{
    private const int Streams = 1000;

    private readonly IUploadRecordStore _store;
    private readonly CountingStore _counts;

    public EventStreamFloodAttacks(LocalS3Fixture server)
        : base(server)
    {
        var memory = new ServiceCollection().AddDirectUploads(it => it.Bucket = "uploads").UseInMemoryStore().Services
            .BuildServiceProvider();
        (_store, _counts) = CountingStore.Wrap(memory.GetRequiredService<IUploadRecordStore>());
    }

    protected override TestHostOptions HostOptions => new()
    {
        Services = services => services.Replace(ServiceDescriptor.Singleton(_store)),
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapDirectUploads("/wide", o => (o.MaxEventStreamsPerUpload, o.MaxAnonymousEventStreams) = (Streams, Streams))
                .AllowAnonymous();
        },
    };

    [Fact]
    [Attack(
        "a thousand event streams of one upload, to keep connections and the database busy",
        "a mapping has at most 16 streams of an upload and 1,000 of anonymous uploads open; a further one is answered 429")]
    public async Task Streams_BeyondTheLimit_AreRefused()
    {
        var grant = await Client.GrantAsync();
        var open = await OpenAsync("/uploads", grant, 20);

        open.Count(stream => stream.StatusCode == HttpStatusCode.OK).Should().Be(16);
        open.Count(stream => stream.StatusCode == HttpStatusCode.TooManyRequests).Should().Be(4);
        open.ForEach(stream => stream.Dispose());
    }

    [Fact]
    [Attack(
        "renewals in a loop while a thousand streams of the upload are open, so that each wakes all of them",
        "the streams of an upload share one watcher; a renewal costs one write and wakes none of them")]
    public async Task Renewals_WakeNoStream()
    {
        var grant = await App.ClientOf("/wide").GrantAsync();
        var open = await OpenAsync("/wide", grant, Streams);
        open.Should().OnlyContain(stream => stream.StatusCode == HttpStatusCode.OK);
        var (finds, updates, began) = (_counts.Finds, _counts.Updates, DateTimeOffset.UtcNow);

        for (var renewed = 0; renewed < 20; renewed++)
            (await App.ClientOf("/wide").SendAsync(HttpMethod.Post, $"/{grant.Id}/renew", grant.WriteToken)).ShouldBe(200);

        var seconds = (DateTimeOffset.UtcNow - began).TotalSeconds;
        (_counts.Updates - updates).Should().Be(20);
        (_counts.Finds - finds)
            .Should().BeInRange(20, 20 + 2 + (int)seconds, "one for each renewal, and at most one a second for all streams together");
        open.ForEach(stream => stream.Dispose());
    }

    private async Task<List<HttpResponseMessage>> OpenAsync(string prefix, Grant grant, int count)
    {
        var open = new List<HttpResponseMessage>();
        foreach (var some in Enumerable.Range(0, count).Chunk(50))
            open.AddRange(await Task.WhenAll(some.Select(_ => SendAsync(prefix, grant))));
        return open;
    }

    private Task<HttpResponseMessage> SendAsync(string prefix, Grant grant)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{prefix}/{grant.Id}/events");
        request.Headers.Add("Upload-Token", grant.ReadToken);
        return App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
