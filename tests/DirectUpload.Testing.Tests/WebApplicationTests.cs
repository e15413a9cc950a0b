using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.S3;
using DirectUpload.LocalS3;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Testing.Tests;

/// <summary>An application whose storage, database and queue do not exist, tested as its developer tests it.</summary>
public sealed class WebApplicationTests
{
    [Fact]
    public async Task Form_SubmitsUpload_ControllerAttachesIt()
    {
        await using var app = new TestedApplication();
        var upload = await app.Uploads.CreateReadyUploadAsync("avatar", "me.png", Files.Png, owner: "ada");

        var answer = await SubmitAsync(app, upload.Id);

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
        var attached = (await app.Uploads.Service.GetAsync(upload.Id, UploadAccess.Application)).GetValueOrThrow();
        attached.Association.Should().Be(new UploadAssociation("user", "ada", "avatar"));
        attached.AttachedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task Advance_UnattachedUpload_ExpiresAndAttachedOneStays()
    {
        await using var app = new TestedApplication();
        var forgotten = await app.Uploads.CreateReadyUploadAsync("avatar", "old.png", Files.Png, owner: "ada");
        var kept = await app.Uploads.CreateReadyUploadAsync("avatar", "me.png", Files.Png, owner: "ada");
        await SubmitAsync(app, kept.Id);

        app.Uploads.Clock.Advance(TimeSpan.FromDays(2));
        await app.Uploads.ProcessDueAsync();

        (await app.Uploads.Service.GetAsync(forgotten.Id, UploadAccess.Application)).Value!.Status.Should().Be(UploadStatus.Deleted);
        (await app.Uploads.ReadContentAsync(kept.Id)).Should().Equal(Files.Png);
        (await app.Uploads.ListObjectKeysAsync()).Should().ContainSingle();
        (await SubmitAsync(app, forgotten.Id)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task Client_UploadsByPresignedUrls_AtAnyTimeOfTheClock(int days)
    {
        await using var app = new TestedApplication();
        app.Uploads.Clock.Advance(TimeSpan.FromDays(days));
        using var client = app.CreateClient();

        var granted = await client.PostAsJsonAsync(
            "/uploads", new { profile = "notes", fileName = "a.txt", contentType = "text/plain", size = 5 });
        granted.StatusCode.Should().Be(HttpStatusCode.Created, await granted.Content.ReadAsStringAsync());
        var grant = await granted.Content.ReadFromJsonAsync<JsonElement>();
        var sent = await SendAsync(app, grant, "hello");
        sent.StatusCode.Should().Be(HttpStatusCode.OK, await sent.Content.ReadAsStringAsync());
        using var confirm = new HttpRequestMessage(HttpMethod.Post, $"/uploads/{grant.GetProperty("id")}/confirm");
        confirm.Headers.Add("Upload-Token", grant.GetProperty("writeToken").GetString());
        var confirmed = await client.SendAsync(confirm);

        confirmed.StatusCode.Should().Be(HttpStatusCode.OK, await confirmed.Content.ReadAsStringAsync());
        var url = (await app.Uploads.Service.CreateDownloadUrlAsync(
            UploadId.Parse(grant.GetProperty("id").GetString()!), UploadAccess.Application)).GetValueOrThrow();
        (await app.Uploads.Http.GetStringAsync(url.Url)).Should().Be("hello");
    }

    [Fact]
    public async Task Advance_PresignedUrl_Expires()
    {
        await using var app = new TestedApplication();
        var upload = await app.Uploads.CreateReadyUploadAsync("notes", "a.txt", Files.Text("hello"));
        var url = (await app.Uploads.Service.CreateDownloadUrlAsync(upload.Id, UploadAccess.Application)).GetValueOrThrow();

        app.Uploads.Clock.Advance(TimeSpan.FromDays(1));

        (await app.Uploads.Http.GetAsync(url.Url)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task FakeTimeProvider_OfTheApplication_IsKept()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2031, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await using var app = new TestedApplication(register: services => services.AddSingleton<TimeProvider>(clock));
        var upload = await app.Uploads.CreateReadyUploadAsync("avatar", "me.png", Files.Png, owner: "ada");
        upload.CreatedAt.Should().Be(clock.GetUtcNow());
        var url = (await app.Uploads.Service.CreateDownloadUrlAsync(upload.Id, UploadAccess.Application)).GetValueOrThrow();
        (await app.Uploads.Http.GetByteArrayAsync(url.Url)).Should().Equal(Files.Png);

        clock.Advance(TimeSpan.FromDays(2));
        await app.Uploads.ProcessDueAsync();

        (await app.Uploads.ListObjectKeysAsync()).Should().BeEmpty();
        app.Uploads.Invoking(it => it.Clock).Should().Throw<InvalidOperationException>().WithMessage("*FakeTimeProvider*");
    }

    [Fact]
    public async Task FakeTimeProvider_RegisteredAfterwards_IsUsedByAll()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var app = new TestedApplication();
        await using var later = app.WithWebHostBuilder(builder =>
            builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(clock)));

        var upload = await later.Services.GetRequiredService<TestUploads>()
            .CreateReadyUploadAsync("notes", "a.txt", Files.Text("hello"));

        upload.CreatedAt.Should().Be(clock.GetUtcNow());
    }

    [Fact]
    public async Task Processors_OfTheApplication_DecideOnAReadyUpload()
    {
        await using var app = new TestedApplication();

        var upload = await app.Uploads.CreateReadyUploadAsync("report", "a.txt", Files.Text("one\ntwo\n"), owner: "ada");

        upload.Status.Should().Be(UploadStatus.Ready);
        upload.Properties.Should().Contain("lines", "2");
        (await app.Uploads.ListObjectKeysAsync("production-archive")).Should().NotBeEmpty();
        await app.Uploads.Awaiting(it => it.CreateReadyUploadAsync("report", "a.txt", Files.Text("one")))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*one line*");
    }

    [Fact]
    public async Task Worker_OfTheApplication_DoesNotRun()
    {
        await using var app = new TestedApplication();
        var upload = await app.Uploads.CreateUploadAsync(new TestUpload
        {
            Profile = "notes",
            FileName = "a.txt",
            Content = Files.Text("hello"),
            Status = UploadStatus.Uploaded,
        });

        await Task.Delay(500);

        (await app.Uploads.Service.GetAsync(upload.Id, UploadAccess.Application)).Value!.Status.Should().Be(UploadStatus.Uploaded);
        (await app.Uploads.ProcessDueAsync()).Should().Be(1);
        (await app.Uploads.Service.GetAsync(upload.Id, UploadAccess.Application)).Value!.Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task Clients_OfTheApplication_AreThoseOfLocalS3()
    {
        await using var app = new TestedApplication();
        await app.Uploads.CreateReadyUploadAsync("notes", "a.txt", Files.Text("hello"));

        var keyed = app.Services.GetRequiredKeyedService<IAmazonS3>("archive");

        (await keyed.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName)
            .Should().Contain(["production-uploads", "production-archive"]);
        app.Uploads.Storage.Endpoint.Host.Should().Be("127.0.0.1");
        (await app.Uploads.Service.CreateDownloadUrlAsync(
            (await app.Uploads.CreateReadyUploadAsync("notes", "b.txt", Files.Text("x"))).Id, UploadAccess.Application))
            .GetValueOrThrow().Url.Should().StartWith(app.Uploads.Storage.Endpoint.ToString());
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Testing")]
    [InlineData("Production")]
    public async Task Start_AnyEnvironment_Works(string environment)
    {
        await using var app = new TestedApplication(environment: environment);

        (await app.Uploads.CreateReadyUploadAsync("notes", "a.txt", Files.Text("hello"))).Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    public async Task KeepRecordStore_StoresInTheDatabaseOfTheTest()
    {
        var file = Path.Combine(Path.GetTempPath(), $"directupload-testing-{Guid.NewGuid():N}.db");
        try
        {
            await using var app = new TestedApplication(
                options => options.KeepRecordStore = true, database: $"Data Source={file};Pooling=False");
            var upload = await app.Uploads.CreateReadyUploadAsync("avatar", "me.png", Files.Png, owner: "ada");

            app.Services.GetRequiredService<IUploadRecordStore>().GetType().Name.Should().StartWith("EntityFramework");
            (await SubmitAsync(app, upload.Id)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        }
        finally
        {
            foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
                File.Delete(left);
        }
    }

    [Fact]
    public async Task Hosts_AtTheSameTime_ShareNothing()
    {
        var counts = await Task.WhenAll(Enumerable.Range(1, 4).Select(async count =>
        {
            await using var app = new TestedApplication();
            for (var made = 0; made < count; made++)
                await app.Uploads.CreateReadyUploadAsync("notes", "a.txt", Files.Text($"hello {made}"));
            app.Uploads.Clock.Advance(TimeSpan.FromDays(count));
            await app.Uploads.ProcessDueAsync();
            return (await app.Uploads.ListObjectKeysAsync()).Count;
        }));

        counts.Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public async Task Dispose_LeavesNoFolder()
    {
        string folder;
        await using (var app = new TestedApplication())
        {
            await app.Uploads.CreateReadyUploadAsync("notes", "a.txt", Files.Text("hello"));
            folder = app.Services.GetRequiredService<IOptions<LocalS3Options>>().Value.DataDirectory;
            Directory.Exists(folder).Should().BeTrue();
        }

        // The application disposes its services on a thread of its own, after the factory has stopped it.
        for (var wait = 0; wait < 200 && Directory.Exists(folder); wait++)
            await Task.Delay(50);
        Directory.Exists(folder).Should().BeFalse();
    }

    private static async Task<HttpResponseMessage> SubmitAsync(TestedApplication app, UploadId avatar)
    {
        using var client = app.CreateClient();
        using var form = new FormUrlEncodedContent([new("avatar", avatar.ToString())]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/profile") { Content = form };
        request.Headers.Add("X-User", "ada");
        return await client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestedApplication app, JsonElement grant, string text)
    {
        var instructions = grant.GetProperty("upload");
        using var put = new HttpRequestMessage(HttpMethod.Put, instructions.GetProperty("url").GetString())
        {
            Content = new StringContent(text),
        };
        put.Content.Headers.Clear();
        foreach (var header in instructions.GetProperty("headers").EnumerateObject())
        {
            if (!put.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
                put.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        return await app.Uploads.Http.SendAsync(put);
    }
}
