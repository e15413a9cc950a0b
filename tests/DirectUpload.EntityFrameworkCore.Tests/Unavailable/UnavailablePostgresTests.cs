using System.Text;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests.Unavailable;

/// <summary>PostgreSQL really stopped and started again, cut off, and hung; with and without retries.</summary>
public sealed class UnavailablePostgresTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Operations_PostgresStopped_AreUnavailable(bool retries)
    {
        await using var engine = await DedicatedPostgres.RequireAsync();
        await using var subject = await OpenAsync(engine.ConnectionString, retries);
        var known = await subject.Store.AddAsync(TestData.CreateRecord());

        await engine.StopAsync();
        await StoreAssert.IsUnavailableAsync(subject.Store, known);
        await engine.StartAsync();

        (await subject.Store.TryUpdateAsync((await subject.Store.FindAsync(known.Id))! with { Attempts = 1 }))
            .Should().NotBeNull("the engine is back, and so is the record");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Operations_PostgresDisconnectedOrHanging_AreUnavailable(bool hangs)
    {
        await using var engine = await DedicatedPostgres.RequireAsync();
        using var way = new FaultInjectingTcpProxy(engine.Port);
        await using var subject = await OpenAsync(engine.GetConnectionString(way.Port), retries: false);
        var known = await subject.Store.AddAsync(TestData.CreateRecord());

        if (hangs)
            way.IsHanging = true;
        else
            way.Disconnect();
        await StoreAssert.IsUnavailableAsync(subject.Store, known);
        way.IsHanging = way.IsDisconnected = false;
        if (hangs)
            way.Disconnect();
        way.IsDisconnected = false;

        for (var tries = 0; ; tries++)
        {
            // What is left of the cut connections in the pool fails once more.
            if (await Xunit.Record.ExceptionAsync(() => subject.Store.FindAsync(known.Id).AsTask()) is not { } failed)
                break;
            failed.Should().BeOfType<RecordStoreUnavailableException>();
            tries.Should().BeLessThan(60);
        }
    }

    /// <summary>Calls that share round trips wait for those before them, and each has its own time limit nevertheless.</summary>
    [Fact]
    public async Task ManyCalls_PostgresHanging_AllEndInTime()
    {
        await using var engine = await DedicatedPostgres.RequireAsync();
        using var way = new FaultInjectingTcpProxy(engine.Port);
        await using var subject = await OpenAsync(engine.GetConnectionString(way.Port), retries: false);
        await subject.Store.AddAsync(TestData.CreateRecord());
        way.IsHanging = true;
        var waited = System.Diagnostics.Stopwatch.StartNew();

        var failures = await Task.WhenAll(Enumerable.Range(0, 3_000).Select(
            _ => Xunit.Record.ExceptionAsync(() => subject.Store.AddAsync(TestData.CreateRecord()).AsTask()).AsTask()));

        failures.Should().AllBeOfType<RecordStoreUnavailableException>();
        // 15 seconds, and 5 more for a driver that ignores them; one after the other, the groups would take 47 seconds longer.
        waited.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task Endpoints_PostgresStopped_Return503AndRecover()
    {
        await using var engine = await DedicatedPostgres.RequireAsync();
        await using var app = await UploadApp.StartAsync(s3.S3, s3.Bucket, new()
        {
            Services = services =>
                services.AddDirectUploads().UseEntityFrameworkCore(o => o.UseNpgsql(engine.ConnectionString)).AddWorker(),
            Map = web =>
            {
                web.MapDirectUploads("/uploads").AllowAnonymous();
                web.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
            },
        });
        var bytes = TestFiles.Png();
        var (pending, ready) = (await UploadAsync(app, bytes), await UploadAsync(app, bytes));
        (await app.Client.ConfirmAsync(ready)).ShouldBe(200);
        var calls = CreateCalls(pending, ready);

        await engine.StopAsync();
        foreach (var (name, call) in calls)
        {
            using var request = call();
            using var response = await app.Http.SendAsync(request);
            var answer = await ApiResponse.FromAsync(response);
            answer.Code.Should().Be(503, "{0} answered {1}", name, answer.Text);
            answer.Header("retry-after").Should().NotBeNullOrEmpty(name);
            if (!name.StartsWith("Uppy", StringComparison.Ordinal))
                answer.ShouldBeProblem(503, "storage-unavailable")["detail"].Should().Contain("database", name);
            answer.Body.Should().NotBeEmpty(name);
        }

        await engine.StartAsync();
        (await app.Client.ConfirmAsync(pending)).ShouldBe(200)["status"].Should().Be("ready");
        (await app.Client.ContentAsync(ready)).ShouldBe(302);
        (await app.Client.GrantAsync()).Id.Should().NotBeNullOrEmpty();
    }

    private static (string Name, Func<HttpRequestMessage> Call)[] CreateCalls(Grant pending, Grant ready)
    {
        return
        [
            ("request", () =>
                Json(HttpMethod.Post, "/uploads", """{"profile":"picture","fileName":"a.png","contentType":"image/png","size":1000}""")),
            ("status", () => Token(HttpMethod.Get, $"/uploads/{ready.Id}", ready.ReadToken)),
            ("confirm", () => Token(HttpMethod.Post, $"/uploads/{pending.Id}/confirm", pending.WriteToken)),
            ("renew", () => Token(HttpMethod.Post, $"/uploads/{pending.Id}/renew", pending.WriteToken)),
            ("parts", () => Token(HttpMethod.Post, $"/uploads/{pending.Id}/parts", pending.WriteToken, """{"partNumbers":[1]}""")),
            ("list of parts", () => Token(HttpMethod.Get, $"/uploads/{pending.Id}/parts", pending.WriteToken)),
            ("content", () => Token(HttpMethod.Get, $"/uploads/{ready.Id}/content", ready.ReadToken)),
            ("events", () => Token(HttpMethod.Get, $"/uploads/{ready.Id}/events", ready.ReadToken)),
            ("delete", () => Token(HttpMethod.Delete, $"/uploads/{pending.Id}", pending.WriteToken)),
            ("return of a form", () => new(HttpMethod.Get, $"/uploads/{pending.Id}/return/L2RvbmU")),
            ("Uppy's parameters", () => new(HttpMethod.Get, "/uppy/s3/params?filename=a.png&type=image/png&metadata[size]=1000")),
            ("Uppy's multipart",
                () => Json(HttpMethod.Post, "/uppy/s3/multipart", """{"filename":"a.png","type":"image/png","metadata":{"size":1000}}""")),
            ("Uppy's parts", () => new(HttpMethod.Get, $"/uppy/s3/multipart/x?key=staging/{pending.Id}")),
        ];

        static HttpRequestMessage Token(HttpMethod method, string path, string token, string? json = null)
        {
            var request = Json(method, path, json);
            request.Headers.Add("Upload-Token", token);
            return request;
        }

        static HttpRequestMessage Json(HttpMethod method, string path, string? json) =>
            new(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
    }

    private static ValueTask<EntityFrameworkStoreUnderTest> OpenAsync(string connection, bool retries) =>
        EntityFrameworkStoreUnderTest.OpenAsync(
            o => o.UseNpgsql(connection, npgsql => _ = retries ? npgsql.EnableRetryOnFailure(2, TimeSpan.FromSeconds(1), null) : npgsql),
            () => default);

    private async Task<Grant> UploadAsync(UploadApp app, byte[] bytes)
    {
        var grant = await app.Client.GrantAsync(TestUploadRequest.FromPicture(bytes));
        (await new StorageClient(s3.Http).UploadAsync(grant, bytes)).ShouldBe(200);
        return grant;
    }
}
