using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Too much, too long, too slow, too often.</summary>
[Collection(nameof(SequentialTestCollection))]
public sealed class FloodAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TestHostOptions HostOptions => new()
    {
        Services = services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            TestSignIn.Add(services);
        },
        Pipeline = TestSignIn.Use,
        Kestrel = kestrel => kestrel.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(2)),
        Uploads = options => Waiting(options)
            .AddProfile("few", profile =>
            {
                profile.ContentTypes.Add("*/*");
                profile.MaxPendingUploadsPerOwner = 10;
            })
            .AddProfile("fifty", profile =>
            {
                profile.ContentTypes.Add("*/*");
                profile.MaxPendingUploadsPerOwner = null;
                profile.MaxPendingBytesPerOwner = 50_000;
            })
            .AddProfile("many", profile =>
            {
                profile.ContentTypes.Add("*/*");
                profile.MaxPendingUploadsPerOwner = null;
            }),
        Map = app => app.MapDirectUploads("/uploads").AllowAnonymous(),
    };

    // The clock stands still: nobody waits for it.
    private static DirectUploadOptions Waiting(DirectUploadOptions options)
    {
        options.ConcurrentConfirmTimeout = TimeSpan.Zero;
        return options;
    }

    private IDirectUploadService Uploads => App.Services.GetRequiredService<IDirectUploadService>();

    [Fact]
    [Attack(
        "an endless chunked body, to fill memory",
        "a request may have 64 KiB, and no more is read; the file itself never passes through the application")]
    public async Task Body_WithoutEnd_IsCutAtTheLimit()
    {
        var endless = new EndlessStream(200_000_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Content = new StreamContent(endless) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        try
        {
            using var answer = await App.Http.SendAsync(request);
            ((int)answer.StatusCode).Should().BeOneOf(400, 413);
        }
        catch (HttpRequestException)
        {
            // Hung up on while it was still sending.
        }

        endless.Taken.Should().BeLessThan(100_000_000);
    }

    [Fact]
    [Attack(
        "a body that arrives one byte at a time, on many connections (Slowloris)",
        "the server closes connections below its minimum data rate")]
    public async Task Body_Trickling_IsDisconnected()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(App.Http.BaseAddress!.Host, App.Http.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(
            "POST /uploads HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"u8.ToArray());
        var answer = new byte[1000];
        var count = await stream.ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Encoding.ASCII.GetString(answer, 0, count).Should().MatchRegex("^(HTTP/1.1 4|$)");
    }

    [Theory]
    [InlineData("[", 30_000)]
    [InlineData("{\"metadata\":", 5_000)]
    [InlineData("{\"a\":[", 8_000)]
    [Attack("JSON nested a thousand times, to overflow the stack", "the depth is limited; the body is refused as invalid JSON")]
    public async Task Json_NestedDeeply_IsRefused(string open, int times) =>
        (await Client.RequestAsync(string.Concat(Enumerable.Repeat(open, times))[..Math.Min(60_000, open.Length * times)]))
            .ShouldBeProblem(400, "invalid-request");

    [Fact]
    [Attack("a compressed body that unpacks to gigabytes", "bodies are not decompressed: a compressed body is invalid JSON")]
    public async Task Body_Compressed_IsNotUnpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(new byte[20_000_000]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Content = new ByteArrayContent(packed.ToArray()) };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");
        using var answer = await App.Http.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(400);
    }

    [Fact]
    [Attack("megabytes of metadata, thousands of names, millions of part numbers", "each has a limit, and the error names it")]
    public async Task Fields_BeyondTheirLimits_AreRefused()
    {
        (await Client.RequestAsync(TestUploadRequest.Picture with
        {
            Metadata = Enumerable.Range(0, 33).ToDictionary(i => $"{i}", i => "x"),
        })).ShouldBeProblem(400, "invalid-request");
        (await Client.RequestAsync(TestUploadRequest.Picture with { Metadata = new Dictionary<string, string> { ["a"] = new('x', 1001) } }))
            .ShouldBeProblem(400, "invalid-request");
        (await Client.RequestAsync(TestUploadRequest.Picture with { FileName = new string('a', 10_000) + ".png" }))
            .ShouldBeProblem(400, "invalid-request");
        var grant = await Client.GrantAsync(new() { Profile = "film", ContentType = "video/mp4", FileName = "a.mp4", Size = 6_000_000 });
        foreach (var body in new[]
        {
            """{"from":1,"to":2147483647}""", """{"from":-2147483648,"to":2147483647}""", """{"partNumbers":[0]}""",
            """{"partNumbers":[10001]}""",
        })
            (await Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, new StringContent(
                body, Encoding.UTF8, "application/json"))).ShouldBeProblem(400, "invalid-request");
    }

    [Fact]
    [Attack("megabytes of headers and addresses", "the server's limits apply")]
    public async Task Headers_BeyondTheServersLimits_AreRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/uploads/0198c0de00000000000000000000beef?" + new string('a', 20_000));
        using var longAddress = await App.Http.SendAsync(request);
        ((int)longAddress.StatusCode).Should().BeOneOf(400, 404, 414);
        using var heavy = new HttpRequestMessage(HttpMethod.Get, "/uploads/0198c0de00000000000000000000beef");
        heavy.Headers.Add("Upload-Token", new string('A', 40_000));
        using var heavyAnswer = await App.Http.SendAsync(heavy);
        ((int)heavyAnswer.StatusCode).Should().BeOneOf(400, 404, 431);
    }

    [Fact]
    [Attack(
        "a hundred thousand requests by one owner, for free storage",
        "ten are pending, the others are refused, and the refused ones leave no objects or records")]
    public async Task Requests_AHundredThousand_StopAtTheQuota()
    {
        var request = new UploadRequest { Profile = "few", FileName = "a.bin", ContentType = "application/octet-stream", Size = 1000 };
        var mallory = new UploadCaller { Owner = "mallory" };
        var granted = 0;
        await Parallel.ForAsync(0, 1000, async (_, _) => await AskAsync());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForAsync(0, 99_000, async (_, _) => await AskAsync());

        granted.Should().BeLessThanOrEqualTo(10);
        (await App.Store.ListAsync(UploadFilter.ForOwner("mallory"), 100)).Should().HaveCount(granted);
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(20_000_000);
        (await Uploads.RequestAsync(request, new UploadCaller { Owner = "ada" })).Succeeded.Should().BeTrue("others go on");

        async Task AskAsync()
        {
            if ((await Uploads.RequestAsync(request, mallory)).Succeeded)
                Interlocked.Increment(ref granted);
        }
    }

    [Fact]
    [Attack(
        "bypassing the quota by aborting, by renewing, by letting grants expire, or anonymously",
        "bytes that a client can still write count until its URL has expired, also after an abort; anonymous uploads share one quota")]
    public async Task Quota_AbortRenewOrExpire_IsNotBypassed()
    {
        var wanted = new TestUploadRequest { Profile = "one-at-a-time", FileName = "a.bin", ContentType = "application/octet-stream" };
        var first = await Client.GrantAsync(wanted);
        (await Client.SendAsync(HttpMethod.Post, $"/{first.Id}/renew", first.WriteToken)).ShouldBe(200);
        (await Client.RequestAsync(wanted)).ShouldBeProblem(429, "quota-exceeded");
        _clock.Advance(TimeSpan.FromMinutes(16));
        (await Client.RequestAsync(wanted)).ShouldBeProblem(429, "quota-exceeded");

        // Aborted, its URL still works: it counts until that has expired, as it had here; and what is sent by it is swept.
        (await Client.DeleteAsync(first)).ShouldBe(204);
        (await Client.RequestAsync(wanted)).ShouldBe(201);
        await StorageClient.UploadAsync(first, new byte[1000]);
        _clock.Advance(TimeSpan.FromHours(3));
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
        (await KeysOfAsync(first)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("reject")]
    [InlineData("delete")]
    [Attack(
        "requesting and ending uploads in a loop, then sending bytes to all of their URLs",
        "an ended upload counts in number and bytes until its URL has expired")]
    public async Task Quota_EndedUploads_CountUntilTheUrlExpires(string how)
    {
        var wanted = new TestUploadRequest { Profile = "fifty", FileName = "a.bin", ContentType = "application/octet-stream", Size = 1000 };
        var grants = new List<Grant>();
        for (var round = 0; round < 60; round++)
        {
            var answer = await Client.RequestAsync(wanted);
            if (answer.Code == 429)
                continue;
            var grant = Grant.FromResponse(answer);
            grants.Add(grant);
            if (how != "abort")
            {
                (await StorageClient.UploadAsync(grant, new byte[1000])).ShouldBe(200);
                if (how == "reject")
                    await Server.S3.PutObjectAsync(
                        new() { BucketName = Bucket, Key = (await App.RecordAsync(grant.Id)).StagingKey, ContentBody = "other bytes" });
                await Client.ConfirmAsync(grant);
            }

            if (how != "reject")
                (await Client.DeleteAsync(grant)).ShouldBe(204);
        }

        foreach (var grant in grants)
            await StorageClient.UploadAsync(grant, new byte[1000]);
        var staged = 0;
        foreach (var grant in grants)
            staged += (await KeysOfAsync(grant)).Count;
        (grants.Count, staged).Should().Be((50, 50), "50,000 bytes may be pending");
    }

    [Fact]
    [Attack(
        "thousands of requests and aborts, to fill the record store",
        "the default is 300 requests per minute, and the record of an aborted upload without an object is deleted one hour after its " +
        "grant expired")]
    public async Task Records_RequestAndAbortLoop_StayBounded()
    {
        new DirectUploadOptions().MaxRequestsPerMinutePerOwner.Should().Be(300);
        for (var round = 0; round < 2000; round++)
            (await Client.DeleteAsync(await Client.GrantAsync(
                new() { Profile = "many", FileName = "a.bin", ContentType = "application/octet-stream" }))).ShouldBe(204);
        _clock.Advance(TimeSpan.FromMinutes(75));
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        (await App.Store.ListAllAsync().CountAsync()).Should().Be(0);
    }

    [Fact]
    [Attack(
        "ten thousand uploads that expire at the same moment, to starve the others",
        "the worker leases the longest overdue records, a few at a time, and finishes; a new upload is finished in its own confirm")]
    public async Task Expiry_OfTenThousandUploads_DoesNotStarveOthers()
    {
        var request = new UploadRequest { Profile = "many", FileName = "a.bin", ContentType = "application/octet-stream", Size = 1000 };
        var ids = new System.Collections.Concurrent.ConcurrentBag<UploadId>();
        await Parallel.ForAsync(0, 10_000, async (_, cancelled) => ids.Add(
            (await Uploads.RequestAsync(request, new UploadCaller { Owner = "mallory" }, cancellationToken: cancelled)).Value!.Upload.Id));
        _clock.Advance(TimeSpan.FromHours(2));
        var working = App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);

        _clock.AdjustTime(DateTimeOffset.UtcNow);
        var grant = await ReadyAsync(TestFiles.Png());
        await working;

        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Ready);
        foreach (var id in ids)
            (await App.Store.FindAsync(id))!.Status.Should().BeOneOf(UploadStatus.Expired, UploadStatus.Requested);
        _clock.AdjustTime(DateTimeOffset.UtcNow.AddHours(5));
        await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
        (await App.Store.GetUsageAsync(new("many", "mallory", _clock.GetUtcNow()) { Pending = true })).PendingUploads.Should().Be(0);
    }

    [Fact]
    [Attack(
        "a hundred confirms of one upload at once, to copy it a hundred times",
        "one of them does the work, and the others get the same answer")]
    public async Task Confirm_AHundredAtOnce_CopiesOnce()
    {
        var grant = await UploadedAsync(TestFiles.Png());
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Client.ConfirmAsync(grant)));

        answers.Should().OnlyContain(answer => answer.Code == 200 || answer.Code == 202);
        var record = await App.RecordAsync(grant.Id);
        record.Transitions.Count(step => step.Status == UploadStatus.Ready).Should().Be(1);
        (await KeysOfAsync(grant)).Count(key => key != record.StagingKey).Should().Be(1);
    }

    private sealed class EndlessStream(long length) : Stream
    {
        private long _read;

        /// <summary>How much was taken from it.</summary>
        public long Taken => _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - _read);
            buffer.Span[..count].Fill((byte)' ');
            _read += count;
            return ValueTask.FromResult(count);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
