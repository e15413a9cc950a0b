namespace DirectUpload.DynamoDB.Tests;

/// <summary>In what AWS charges for: requests, and what they read. Times tell less, for a server in memory is fast at doing too much.</summary>
public sealed class What_it_costs
{
    [Fact]
    public async Task Is_the_same_however_many_records_there_are()
    {
        var small = await CostsAsync(200);
        var large = await CostsAsync(2_000);

        large.Select(cost => (cost.Verb, cost.Requests)).Should().Equal(small.Select(cost => (cost.Verb, cost.Requests)));
        foreach (var (one, another) in small.Zip(large))
            another.Bytes.Should().BeLessThan(one.Bytes * 3 / 2, $"a {one.Verb} read {one.Bytes} bytes among fewer records");
    }

    [Fact]
    public async Task Is_one_request_to_find_and_one_for_each_shard_to_look_for_work()
    {
        var costs = (await CostsAsync(200)).ToDictionary(cost => cost.Verb, cost => cost.Requests);

        costs.Should().Equal(new Dictionary<string, int> { ["find"] = 1, ["update"] = 1, ["look"] = 8, ["claim of 1"] = 9, ["claim of 16"] = 24, ["count"] = 1, ["list"] = 2 });
    }

    /// <summary>All are due, a tenth is pending, and an owner has twenty.</summary>
    private static async Task<List<(string Verb, int Requests, long Bytes)>> CostsAsync(int records)
    {
        await using var table = await OwnTable.CreateAsync(TestContext.Current.CancellationToken);
        var added = await Some.AddAsync(table.Store, records, at => Some.Record() with
        {
            Owner = $"owner {at / 20}",
            Status = at % 10 == 0 ? UploadStatus.Uploaded : UploadStatus.Ready,
            DueAt = Some.Start.AddSeconds(at),
        });
        var wire = new Wire();
        var store = table.Through(wire);
        var costs = new List<(string, int, long)>();
        await MeasureAsync("find", () => store.FindAsync(added[7].Id));
        await MeasureAsync("update", () => store.TryUpdateAsync(added[7]));
        await MeasureAsync("look", () => store.ClaimDueAsync(Some.Start.AddHours(-1), Some.Later, 16));
        await MeasureAsync("claim of 1", () => store.ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 1));
        await MeasureAsync("claim of 16", () => store.ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 16));
        await MeasureAsync("count", () => store.CountPendingAsync("photos", "owner 3", DateTimeOffset.MaxValue));
        await MeasureAsync("list", () => store.ListByOwnerAsync("owner 3", 20));
        return costs;

        async Task MeasureAsync<T>(string verb, Func<ValueTask<T>> act)
        {
            var (requests, bytes) = (wire.Requests.Count, wire.BytesAnswered);
            await act();
            costs.Add((verb, wire.Requests.Count - requests, wire.BytesAnswered - bytes));
        }
    }
}
