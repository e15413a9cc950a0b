namespace DirectUpload.Crash.Tests;

/// <summary>
/// S3 or the database is out while uploads are on their way: nothing is rejected or lost, work goes on by itself, and the log says it once.
/// </summary>
public sealed class UnavailabilityTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Uploads = 12;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(Fault.InternalError)]
    [InlineData(Fault.SlowDown)]
    [InlineData(Fault.Hang)]
    [InlineData(Fault.Reset)]
    public async Task Storage_Unavailable_UploadsCompleteAfterwards(Fault fault)
    {
        await using var proxy = new FaultInjectingProxy(new Uri(s3.Endpoint));
        await RunAsync(Database.Sqlite(), s3.Access with { Endpoint = proxy.Endpoint }, async () =>
        {
            proxy.Fault = fault;
            await Task.Delay(Duration);
            proxy.FaultCount.Should().BePositive("somebody met it");
            proxy.Fault = Fault.None;
        }, least: fault == Fault.Hang ? 0 : 1); // what hangs and is then cut off, the SDK asks again, and nobody has to know
    }

    [Fact]
    public async Task Postgres_Restarted_UploadsCompleteAfterwards()
    {
        await using var server = await PostgresServer.StartAsync();
        await RunAsync(
            new Database("postgres", server.ConnectionString, () => default), s3.Access, () => server.RestartAsync(down: Duration));
    }

    [Fact]
    public async Task DynamoDB_Throttled_UploadsCompleteAfterwards()
    {
        var dynalite = DynaliteEngine.Require();
        await using var proxy = new FaultInjectingProxy(new Uri(dynalite.Endpoint));
        var throttled = Database.DynamoDB(proxy.Endpoint);
        await RunAsync(throttled, s3.Access, async () =>
        {
            proxy.Fault = Fault.Throttle;
            await Task.Delay(Duration);
            proxy.FaultCount.Should().BePositive("somebody met it");
            proxy.Fault = Fault.None;
        });
    }

    private async Task RunAsync(Database database, S3Access access, Func<Task> outage, int least = 1)
    {
        var bucket = await s3.CreateBucketAsync();
        var warnings = Path.GetTempFileName();
        await using (var host = new HostProcess(database, access, bucket) { WarningLog = warnings })
        {
            await using var ledger = new ConsistencyChecker(database, s3.S3, bucket);
            using var client = new RetryingClient(host);
            var sent = new List<GrantedUpload>();
            for (var number = 0; number < Uploads; number++)
            {
                sent.Add(await client.RequestAsync(number % 2 == 0 ? "slow" : "plain", $"text {number}"));
                await client.SendAsync(sent[^1]);
            }

            // The slow ones are being processed when it begins, the others are confirmed into it.
            foreach (var slow in sent.Where((_, number) => number % 2 == 0))
                await client.ConfirmOnceAsync(slow);
            var confirming = Task.WhenAll(sent.Where((_, number) => number % 2 == 1).Select(async plain =>
            {
                await Task.Delay(500);
                await client.ConfirmOnceAsync(plain);
            }));
            await outage();
            await confirming;
            (await ledger.WaitUntilIdleAsync(host, TimeSpan.FromMinutes(3))).Should().BeTrue();

            var records = await ledger.GetRecordsAsync();
            records.Should().HaveCount(Uploads).And.OnlyContain(record => record.Status == UploadStatus.Ready && record.Error == null);
            host.Crashes.Should().Be(0);
            (await File.ReadAllLinesAsync(warnings))
                .Count(line => line.Contains(
                    "Storage, the record store or a dependency of a processor became unavailable",
                    StringComparison.Ordinal)).Should().BeInRange(least, 2, "it is logged once");
            await host.AdvanceClockAsync(TimeSpan.FromHours(3));
            (await ledger.WaitUntilIdleAsync(host, TimeSpan.FromMinutes(2))).Should().BeTrue();
            await host.StopAsync();
            (await ledger.FindViolationsAsync(sent)).Should().BeEmpty();
        }

        File.Delete(warnings);
        await database.RemoveAsync();
    }
}
