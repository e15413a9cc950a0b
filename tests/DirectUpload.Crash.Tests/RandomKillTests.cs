namespace DirectUpload.Crash.Tests;

/// <summary>A host under load is killed again and again, whenever it happens to be; what clients have sent must be there when all is over.</summary>
public abstract class RandomKillTests(LocalS3Fixture s3) : IClassFixture<LocalS3Fixture>
{
    private const int Clients = 6;

    /// <summary>What a host has answered when it is killed, at most; at 0 it may not even have started.</summary>
    private const int MostAnswers = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly int _seed = Random.Shared.Next();

    [Fact]
    public async Task Nothing_is_lost_stuck_or_left_over()
    {
        var database = Create();
        var bucket = await s3.CreateBucketAsync();
        await using var host = new HostProcess(database, s3.Access, bucket);
        await using var ledger = new Ledger(database, s3.S3, bucket);
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, Clients).Select(number => Task.Run(() => LoadAsync(host, new Random(_seed + number), enough.Token))).ToList();

        var random = new Random(_seed);
        while (host.Deaths < Effort.RandomKills)
        {
            await host.EnsureAliveAsync();
            await BusyAsync(host, random.Next(MostAnswers));
            await Task.Delay(random.Next(100));
            host.Kill();
        }

        await enough.CancelAsync();
        var sent = (await Task.WhenAll(load)).SelectMany(granted => granted).ToList();
        var faults = await EndAsync(host, ledger, sent);

        TestContext.Current.TestOutputHelper!.WriteLine($"seed {_seed}: {host.Deaths} kills, {sent.Count} uploads, {(await ledger.RecordsAsync()).Count} records at the end");
        CrashTable.Write(database.Kind, host.Deaths, sent.Count, faults);
        faults.Should().BeEmpty($"of seed {_seed}");
        sent.Count.Should().BeGreaterThan(Effort.RandomKills, "there was load");
        await database.RemoveAsync();
    }

    internal abstract Database Create();

    private static async Task BusyAsync(HostProcess host, int answers)
    {
        for (var enough = host.Answers + answers; host.Answers < enough && host.IsAlive;)
            await Task.Delay(1);
    }

    private static async Task<List<string>> EndAsync(HostProcess host, Ledger ledger, List<Granted> sent)
    {
        var faults = new List<string>();
        foreach (var later in new[] { TimeSpan.Zero, TimeSpan.FromHours(3), TimeSpan.FromDays(40) })
        {
            await host.PassTimeAsync(later);
            if (!await ledger.QuietAsync(host, Patience))
                faults.Add($"stuck, {later} later: {string.Join(", ", (await ledger.RecordsAsync()).Where(record => record.DueAt is not null).Select(record => $"{record.Id} {record.Status} due {record.DueAt:O}").Take(5))}");
            if (later == TimeSpan.FromHours(3))
                faults.AddRange(await LostAsync(ledger, sent));
        }

        await host.StopAsync();
        faults.AddRange(await ledger.FaultsAsync(sent));
        return faults;
    }

    // Whatever was sent and not given up by its client must have become ready.
    private static async Task<IEnumerable<string>> LostAsync(Ledger ledger, List<Granted> sent)
    {
        var records = (await ledger.RecordsAsync()).ToDictionary(record => record.Id);
        return sent.Where(granted => granted.Text.StartsWith("keep", StringComparison.Ordinal) && records.GetValueOrDefault(granted.Id)?.Status != UploadStatus.Ready)
            .Select(granted => $"lost: \"{granted.Text}\" is {records.GetValueOrDefault(granted.Id)?.Status} ({records.GetValueOrDefault(granted.Id)?.Fault})");
    }

    private static async Task<List<Granted>> LoadAsync(HostProcess host, Random random, CancellationToken enough)
    {
        using var client = new Client(host);
        var sent = new List<Granted>();
        while (!enough.IsCancellationRequested)
        {
            var fate = random.Next(6);
            var granted = await client.RequestAsync(random.Next(2) == 0 ? "plain" : "shouted", $"{(fate < 4 ? "keep" : "drop")} {random.Next()}");
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
    internal override Database Create() => Database.Sqlite();
}

public sealed class PostgresRandomKillTests(LocalS3Fixture s3) : RandomKillTests(s3)
{
    internal override Database Create() => Database.Postgres();
}
