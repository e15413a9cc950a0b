using System.Diagnostics;
using System.Text;
using Amazon.S3;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.StorageFailures;

/// <summary>Storage that accepts connections and never answers, seen from every endpoint that touches it.</summary>
public sealed class HangingStorageTests : IAsyncLifetime
{
    private static readonly StorageClient Browser = new(new HttpClient(new SocketsHttpHandler { UseProxy = false }));

    private RestartableStorage? _storage;
    private HangingProxy? _proxy;
    private AmazonS3Client? _s3;
    private UploadApp? _app;

    private HangingProxy Proxy => _proxy!;

    private UploadApp App => _app!;

    public async ValueTask InitializeAsync()
    {
        _storage = await RestartableStorage.CreateAsync();
        _proxy = new HangingProxy(_storage.Access.Endpoint);
        // The SDK's own patience is endless, as it is by default.
        _s3 = TestS3Clients.Create(_storage.Access with { Endpoint = _proxy.Endpoint }, Timeout.InfiniteTimeSpan);
        _app = await StartAsync(_s3);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _s3!.Dispose();
        await _proxy!.DisposeAsync();
        await _storage!.DisposeAsync();
    }

    [Fact]
    public async Task EveryEndpoint_StorageHangs_Returns503AndWorksLater()
    {
        var picture = await UploadedAsync(TestUploadRequest.Picture);
        var ready = await UploadedAsync(TestUploadRequest.Picture);
        (await App.Client.ConfirmAsync(ready)).ShouldBe(200);
        var inPlace = await UploadedAsync(TestUploadRequest.Picture with { Profile = "in-place" });
        (await App.Client.ConfirmAsync(inPlace)).ShouldBe(200);
        var film = await App.Client.GrantAsync(Film);
        var uppy = (await Uppy("/s3/multipart", Json("""{"filename":"a.png","type":"image/png"}"""))).ShouldBe(200);
        var uppyPath = $"/s3/multipart/{uppy["uploadId"]}";
        Proxy.HangAll();
        var proxied = App.ClientOf("/proxied");

        var answers = new (string Name, Func<Task<ApiResponse>> Call, bool IsUppys)[]
        {
            ("confirm", () => App.Client.ConfirmAsync(picture), false),
            ("request in parts", () => App.Client.RequestAsync(Film), false),
            ("list parts", () => App.Client.SendAsync(HttpMethod.Get, $"/{film.Id}/parts", film.WriteToken), false),
            ("confirm parts", () => App.Client.ConfirmAsync(film), false),
            ("content by redirect", () => App.Client.ContentAsync(inPlace), false),
            ("content by proxy", () => proxied.ContentAsync(ready), false),
            ("Uppy create", () => Uppy("/s3/multipart", Json("""{"filename":"b.png","type":"image/png"}""")), true),
            ("Uppy list", () => Uppy($"{uppyPath}?key={uppy["key"]}", null, HttpMethod.Get), true),
            ("Uppy complete",
                () => Uppy($"{uppyPath}/complete?key={uppy["key"]}", Json("""{"parts":[{"PartNumber":1,"ETag":"\"e\""}]}""")), true),
        };
        foreach (var (name, call, isUppys) in answers)
        {
            var answer = await call().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            answer.Code.Should().Be(503, "{0} answered {1}", name, answer.Text);
            answer.Header("retry-after").Should().Be("5", "of {0}", name);
            if (!isUppys)
                answer.ShouldBeProblem(503, "storage-unavailable");
        }

        // What needs no storage, or can leave it to the worker, is answered as ever.
        (await App.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBe(201);
        (await App.Client.SendAsync(HttpMethod.Post, $"/{film.Id}/renew", film.WriteToken)).ShouldBe(200);
        (await App.Client.StatusAsync(picture)).ShouldBe(200)["status"].Should().Be("requested");
        (await App.Client.DeleteAsync(ready).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBe(204);
        Proxy.HungRequests.Should().BePositive();

        Proxy.Resume();
        (await App.Client.ConfirmAsync(picture)).ShouldBe(200)["status"].Should().Be("ready");
        (await App.Client.ContentAsync(inPlace)).ShouldBe(302);
        (await proxied.ContentAsync(picture)).ShouldBe(200);
    }

    [Fact]
    public async Task Confirm_CopyHangs_AnotherHostFinishes()
    {
        using var direct = TestS3Clients.Create(_storage!.Access);
        await using var other = await StartAsync(direct, services => services.AddSingleton(App.Store));
        var grants = new List<Grant>();
        for (var number = 0; number < 10; number++)
            grants.Add(await UploadedAsync(TestUploadRequest.Picture));
        Proxy.HangRequestsContaining("x-amz-copy-source");

        foreach (var answer in await Task.WhenAll(grants.Select(App.Client.ConfirmAsync))
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
            answer.ShouldBeProblem(503, "storage-unavailable");
        foreach (var grant in grants)
            (await App.RecordAsync(grant.Id)).Should().Match<UploadRecord>(
                record => record.Status == UploadStatus.Uploaded && record.FailedAttempts == 0, "it was let go at once");
        (await Task.WhenAll(grants.Select(other.Client.ConfirmAsync)))
            .Should().AllSatisfy(answer => answer.ShouldBe(200)["status"].Should().Be("ready"));
    }

    [Fact]
    public async Task Worker_CopyHangs_FreesItsSlotAndFinishesLater()
    {
        var worker = App.Services.GetRequiredService<UploadWorker>();
        var grants = new List<Grant>();
        for (var number = 0; number < 10; number++)
        {
            grants.Add(await UploadedAsync(TestUploadRequest.Picture));
            var record = await App.RecordAsync(grants[^1].Id);
            await App.Store.TryUpdateAsync(record with { NextActionAt = DateTimeOffset.UtcNow }, TestContext.Current.CancellationToken);
        }

        Proxy.HangRequestsContaining("x-amz-copy-source");
        await worker.RunOnceAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        foreach (var grant in grants)
            (await App.RecordAsync(grant.Id)).Status.Should().BeOneOf(UploadStatus.Uploaded, UploadStatus.Requested);

        Proxy.Resume();
        var patience = Stopwatch.StartNew();
        foreach (var grant in grants)
        {
            while ((await App.RecordAsync(grant.Id)).Status != UploadStatus.Ready && patience.Elapsed < TimeSpan.FromSeconds(120))
                await worker.RunOnceAsync(TestContext.Current.CancellationToken);
            (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Ready);
        }
    }

    [Fact]
    public async Task ProxiedContent_ReadHangs_Returns503()
    {
        var ready = await UploadedAsync(TestUploadRequest.Picture);
        (await App.Client.ConfirmAsync(ready)).ShouldBe(200);
        Proxy.HangRequestsContaining("GET /uploads/picture");

        (await App.ClientOf("/proxied").ContentAsync(ready).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))
            .ShouldBeProblem(503, "storage-unavailable").Header("retry-after").Should().Be("5");

        Proxy.Resume();
        (await App.ClientOf("/proxied").ContentAsync(ready)).ShouldBe(200).Body.Should().Equal(TestFiles.Png());
    }

    private static TestUploadRequest Film => new()
    {
        Profile = "film",
        FileName = "film.bin",
        ContentType = "application/octet-stream",
        Size = 6 * 1024 * 1024,
        Method = "multipart",
    };

    // Small limits, so that the test takes seconds: the same code holds the defaults.
    private static Task<UploadApp> StartAsync(IAmazonS3 s3, Action<IServiceCollection>? services = null) =>
        UploadApp.StartAsync(s3, "uploads", new TestHostOptions
        {
            Uploads = options => (options.StorageTimeout, options.ConcurrentConfirmTimeout) = (Limit, TimeSpan.Zero),
            Services = services ?? (_ => { }),
            Map = app =>
            {
                app.MapDirectUploads("/uploads").AllowAnonymous();
                app.MapDirectUploads("/proxied", options => options.ContentDelivery = ContentDelivery.Stream).AllowAnonymous();
                app.MapUppyUploads("/uppy", "uppy").AllowAnonymous();
            },
        });

    /// <summary>DIRECTUPLOAD_HUNG_SECONDS runs the same at other limits, such as the default 15.</summary>
    private static TimeSpan Limit =>
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("DIRECTUPLOAD_HUNG_SECONDS"), out var seconds) ? seconds : 2);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private Task<ApiResponse> Uppy(string path, HttpContent? body, HttpMethod? method = null) =>
        App.ClientOf("/uppy").SendAsync(method ?? HttpMethod.Post, path, null, body);

    private async Task<Grant> UploadedAsync(TestUploadRequest wanted)
    {
        var grant = await App.Client.GrantAsync(wanted);
        (await Browser.UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        return grant;
    }
}
