namespace DirectUpload.Crash.Tests;

/// <summary>
/// A host under load is killed again and again, whenever it happens to be; what clients have sent must be there when all is over.
/// </summary>
public abstract class RandomKillTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Clients = 6;

    /// <summary>What a host has answered when it is killed, at most; at 0 it may not even have started.</summary>
    private const int MaxResponses = 24;

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(3);

    private readonly int _seed = Random.Shared.Next();

    [Fact]
    public async Task Kill_AtRandom_LosesBlocksAndOrphansNothing()
    {
        var database = CreateDatabase();
        var bucket = await s3.CreateBucketAsync();
        await using var host = new HostProcess(database, s3.Access, bucket);
        await using var ledger = new ConsistencyChecker(database, s3.S3, bucket);
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, Clients)
            .Select(number => Task.Run(() => GenerateLoadAsync(host, new Random(_seed + number), enough.Token))).ToList();

        var random = new Random(_seed);
        while (host.Crashes < CrashTestScope.RandomKills)
        {
            await host.EnsureAliveAsync();
            await WaitForResponsesAsync(host, random.Next(MaxResponses));
            await Task.Delay(random.Next(100));
            host.Kill();
        }

        await enough.CancelAsync();
        var sent = (await Task.WhenAll(load)).SelectMany(granted => granted).ToList();
        var faults = await CheckAsync(host, ledger, sent);

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"seed {_seed}: {host.Crashes} kills, {sent.Count} uploads, {(await ledger.GetRecordsAsync()).Count} records at the end");
        CrashReport.Write(database.Kind, host.Crashes, sent.Count, faults);
        faults.Should().BeEmpty($"of seed {_seed}");
        sent.Count.Should().BeGreaterThan(CrashTestScope.RandomKills, "there was load");
        await database.RemoveAsync();
    }

    internal abstract Database CreateDatabase();

    private static async Task WaitForResponsesAsync(HostProcess host, int answers)
    {
        for (var enough = host.Responses + answers; host.Responses < enough && host.IsAlive;)
            await Task.Delay(1);
    }

    private static async Task<List<string>> CheckAsync(HostProcess host, ConsistencyChecker ledger, List<GrantedUpload> sent)
    {
        var faults = new List<string>();
        foreach (var later in new[] { TimeSpan.Zero, TimeSpan.FromHours(3), TimeSpan.FromDays(40) })
        {
            await host.AdvanceClockAsync(later);
            if (!await ledger.WaitUntilIdleAsync(host, IdleTimeout))
                faults.Add(
                    $"stuck, {later} later: " +
                    string.Join(
                        ", ",
                        (await ledger.GetRecordsAsync()).Where(record => record.NextActionAt is not null)
                            .Select(record => $"{record.Id} {record.Status} due {record.NextActionAt:O}").Take(5)));
            if (later == TimeSpan.FromHours(3))
                faults.AddRange(await FindLostAsync(ledger, sent));
        }

        await host.StopAsync();
        faults.AddRange(await ledger.FindViolationsAsync(sent));
        return faults;
    }

    // Whatever was sent and not given up by its client must have become ready.
    private static async Task<IEnumerable<string>> FindLostAsync(ConsistencyChecker ledger, List<GrantedUpload> sent)
    {
        var records = (await ledger.GetRecordsAsync()).ToDictionary(record => record.Id);
        return sent.Where(granted => granted.Text.StartsWith("keep", StringComparison.Ordinal)
            && records.GetValueOrDefault(granted.Id)?.Status != UploadStatus.Ready)
            .Select(granted =>
                $"lost: \"{granted.Text}\" is {records.GetValueOrDefault(granted.Id)?.Status} " +
                $"({records.GetValueOrDefault(granted.Id)?.LastError})");
    }

    private static async Task<List<GrantedUpload>> GenerateLoadAsync(HostProcess host, Random random, CancellationToken enough)
    {
        using var client = new RetryingClient(host);
        var sent = new List<GrantedUpload>();
        while (!enough.IsCancellationRequested)
        {
            var fate = random.Next(6);
            var granted = await client.RequestAsync(
                random.Next(2) == 0 ? "plain" : "shouted", $"{(fate < 4 ? "keep" : "drop")} {random.Next()}");
            sent.Add(granted);
            if (fate == 5)
            {
                await client.DeleteAsync(granted);
                continue;
            }

            await client.SendAsync(granted);
            if (fate is 0 or 1 or 2)
                await client.ConfirmOnceAsync(granted);
            if (fate == 4)
                await client.DeleteAsync(granted);
        }

        return sent;
    }
}

public sealed class SqliteRandomKillTests(LocalS3Fixture s3) : RandomKillTests(s3)
{
    internal override Database CreateDatabase() => Database.Sqlite();
}

public sealed class PostgresRandomKillTests(LocalS3Fixture s3) : RandomKillTests(s3)
{
    internal override Database CreateDatabase() => Database.Postgres();
}
