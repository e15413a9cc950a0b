using DirectUpload.Security.Tests.Table;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Memory that is taken before anything is proven, in a process with the memory of a small container.</summary>
[Collection(nameof(SequentialTestCollection))]
public sealed class SlowConnectionAttacks(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>
{
    private const long HeapLimit = 0x18000000; // 384 MB: what .NET takes in a container of 512 MB

    // DIRECTUPLOAD_FLOOD=full is the measure of the issue: 1,000 connections for a minute.
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("DIRECTUPLOAD_FLOOD") == "full";

    [Fact]
    [Attack(
        "hundreds of connections that announce large bodies and send them as slowly as the server allows, to every call that reads one, " +
        "with and without a token",
        "buffers grow with what arrives, tokens are checked before bodies are read, bodies above 4 KiB share a limited amount of " +
        "memory, and each has a time limit; ordinary requests continue")]
    public async Task Connections_SlowLargeBodies_KeepMemoryBounded()
    {
        var (connections, duration) = IsFull ? (1000, TimeSpan.FromMinutes(1)) : (400, TimeSpan.FromSeconds(10));
        using var app = await UploadProcess.StartAsync(server, HeapLimit);
        using var http = new HttpClient { BaseAddress = app.Address };
        var client = new UploadClient(http, "/uploads");
        var own = await client.GrantAsync(TestUploadRequest.Picture with { Profile = "anything" });
        var sender = new SlowSender(app.Address);
        using var over = new CancellationTokenSource(duration);

        var flood = Enumerable.Range(0, connections).Select(i => FloodAsync(sender, i, own, over.Token)).ToArray();
        var (honest, refused) = await UploadAsync(client, new StorageClient(server.Http), over.Token);
        await Task.WhenAll(flood);

        var heap = long.Parse(await http.GetStringAsync("/heap"));
        var figures =
            $"{connections} connections, {duration}: {honest} uploads, {sender.Refused} connections closed, peak RSS " +
            $"{app.PeakMemory >> 20} MB, heap {heap >> 20} MB";
        TestContext.Current.SendDiagnosticMessage(figures);
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        app.HasExited.Should().BeFalse();
        refused.Should().BeEmpty("uploads of others go on");
        honest.Should().BeGreaterThan(5);
        heap.Should().BeLessThan(HeapLimit);
    }

    private static Task FloodAsync(SlowSender sender, int i, Grant own, CancellationToken stop)
    {
        const string Forged = "Upload-Token: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
        const string Sns = "x-amz-sns-message-type: Notification\r\nx-amz-sns-topic-arn: arn:aws:sns:eu-west-1:123456789012:uploads\r\n";
        var id = UploadId.Create(DateTimeOffset.UtcNow);
        return (i % 8) switch
        {
            0 => sender.SendAsync("/uploads", 60_000, 0, "", stop),
            1 => sender.SendAsync($"/uploads/{id}/confirm", 1_000_000, 0, Forged, stop),
            2 => sender.SendAsync($"/uploads/{id}/parts", 1_000_000, 0, Forged, stop),
            3 => sender.SendAsync("/storage-events", 500_000, 0, Sns, stop),
            4 => sender.SendAsync("/uploads", 65_000, 60_000, "", stop),
            5 => sender.SendAsync("/uploads/batch", 6_000_000, 60_000, "", stop),
            6 => sender.SendAsync("/storage-events", 500_000, 450_000, Sns, stop),
            _ => sender.SendAsync($"/uploads/{own.Id}/confirm", 1_000_000, 900_000, $"Upload-Token: {own.WriteToken}\r\n", stop),
        };
    }

    private static async Task<(int Done, List<string> Refused)> UploadAsync(
        UploadClient client, StorageClient browser, CancellationToken over)
    {
        var bytes = TestFiles.Png();
        var (done, refused) = (0, new List<string>());
        while (!over.IsCancellationRequested)
        {
            var granted = await client.RequestAsync(TestUploadRequest.FromPicture(bytes) with { Profile = "anything" });
            if (granted.Code != 201)
            {
                refused.Add(granted.Text);
                continue;
            }

            var grant = Grant.FromResponse(granted);
            (await browser.UploadAsync(grant, bytes)).Code.Should().Be(200);
            var confirmed = await client.ConfirmAsync(grant);
            if (confirmed.Code == 200)
                done++;
            else
                refused.Add(confirmed.Text);
        }

        return (done, refused);
    }
}
