using System.Text.Json;
using System.Text.RegularExpressions;
using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>
/// In what AWS charges for: requests, and what they read. Times tell less, for a server in memory is fast at doing too much.
/// </summary>
public sealed class DynamoDBRequestCostTests
{
    [Fact]
    public async Task Operations_MoreRecords_CostTheSame()
    {
        var small = await CollectCostsAsync(200);
        var large = await CollectCostsAsync(2_000);

        large.Select(cost => (cost.Verb, cost.Requests)).Should().Equal(small.Select(cost => (cost.Verb, cost.Requests)));
        foreach (var (one, another) in small.Zip(large))
            another.Bytes.Should().BeLessThan(one.Bytes * 3 / 2, $"a {one.Verb} read {one.Bytes} bytes among fewer records");
    }

    [Fact]
    public async Task Operations_MakeTheExpectedRequests()
    {
        var costs = (await CollectCostsAsync(200)).ToDictionary(cost => cost.Verb, cost => cost.Requests);

        costs.Should().Equal(new Dictionary<string, int>
        {
            ["find"] = 1,
            ["update"] = 1,
            ["look"] = 8,
            ["claim of 1"] = 9,
            ["claim of 16"] = 24,
            ["count"] = 1,
            ["list"] = 2,
            ["attach"] = 1,
            ["list of an association"] = 2,
            ["list of an association and kind"] = 2,
            ["list of an association and owner"] = 2,
            ["list of an association and status"] = 2,
        });
    }

    /// <summary>A rare kind is found in the index by pages that grow; a rare status, in records that are read by the hundred.</summary>
    [Theory]
    [InlineData("logo", null, 8, 1)]
    [InlineData(null, UploadStatus.Failed, 10, 16)]
    public async Task List_FewRecordsMatch_TakesFewRequests(string? kind, UploadStatus? status, int maxQueries, int maxReads)
    {
        await using var table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);
        await TestData.AddAsync(table.Store, 1200, at => TestData.CreateRecord(TestData.Start.AddMinutes(at)) with
        {
            Association = new("tenant", "1", at == 3 ? "logo" : "document"),
            Status = at == 3 ? UploadStatus.Failed : UploadStatus.Ready,
        });
        var wire = new InterceptingHandler();
        var filter = UploadFilter.ForAssociation("tenant", "1", kind) with { Status = status };

        (await table.OpenStore(wire).ListAsync(filter, 10)).Should().ContainSingle().Which.FinalKey.Should().NotBeEmpty();
        wire.Count("Query").Should().BeLessThanOrEqualTo(maxQueries);
        wire.Count("BatchGetItem").Should().BeLessThanOrEqualTo(maxReads);
        wire.Requests.Should().OnlyContain(request => request.Operation == "Query" || request.Operation == "BatchGetItem");
    }

    [Fact]
    public async Task ListAll_WithFilter_ReceivesOnlyMatchingItems()
    {
        await using var table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);
        await TestData.AddAsync(table.Store, 600, at => TestData.CreateRecord() with
        {
            Status = at % 100 == 0 ? UploadStatus.Failed : UploadStatus.Ready,
            CreatedAt = TestData.Start.AddTicks(at),
        });
        var wire = new InterceptingHandler();
        var store = table.OpenStore(wire);
        (await store.ListAllAsync().CountAsync()).Should().Be(600);
        var all = wire.BytesReceived;

        (await store.ListAllAsync(UploadFilter.ForAll() with { Status = UploadStatus.Failed }).CountAsync()).Should().Be(6);
        (await store.ListAllAsync(UploadFilter.ForAll() with
        {
            CreatedFrom = TestData.Start.AddTicks(10),
            CreatedBefore = TestData.Start.AddTicks(16),
        }).CountAsync()).Should().Be(6);
        (wire.BytesReceived - all).Should().BeLessThan(all / 20);
    }

    /// <summary>DynamoDB charges a write for each index that has an entry of the record, before or afterwards.</summary>
    [Fact]
    public async Task Write_WithoutAssociation_WritesNoEntryOfTheIndex()
    {
        await using var table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);
        var wire = new InterceptingHandler();
        var store = table.OpenStore(wire);
        var record = await store.AddAsync(TestData.CreateRecord());
        record = (await store.TryUpdateAsync(record with { Status = UploadStatus.Ready }))!;
        (await CountEntriesAsync()).Should().Be(0);
        wire.Requests.Should().HaveCount(2);
        wire.Requests.Where(request => IsSet(request.Body, "association")).Should().BeEmpty();

        record = (await store.TryUpdateAsync(record with { Association = new("user", "42") }))!;
        record = (await store.TryUpdateAsync(record with { Association = new("user", "43") }))!;
        (await CountEntriesAsync()).Should().Be(1);
        await store.TryUpdateAsync(record with { Association = null });
        (await CountEntriesAsync()).Should().Be(0);

        async Task<int> CountEntriesAsync() => (await table.Client.ScanAsync(
            new ScanRequest { TableName = table.Options.TableName, IndexName = "by-association" })).Items.Count;

        static bool IsSet(string body, string attribute)
        {
            using var json = JsonDocument.Parse(body);
            var set = json.RootElement.GetProperty("UpdateExpression").GetString()!.Split(" REMOVE ")[0];
            return json.RootElement.GetProperty("ExpressionAttributeNames").EnumerateObject().Any(
                name => name.Value.GetString()!.StartsWith(attribute, StringComparison.Ordinal)
                    && Regex.IsMatch(set, $@"{name.Name}\b"));
        }
    }

    /// <summary>All are due, a tenth is pending, an owner has twenty, and half of these belong to an entity.</summary>
    private static async Task<List<(string Verb, int Requests, long Bytes)>> CollectCostsAsync(int records)
    {
        await using var table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);
        var added = await TestData.AddAsync(table.Store, records, at => TestData.CreateRecord() with
        {
            Owner = $"owner {at / 20}",
            Status = at % 10 == 0 ? UploadStatus.Uploaded : UploadStatus.Ready,
            NextActionAt = TestData.Start.AddSeconds(at),
            Association = at % 2 == 0 ? new("user", $"{at / 20}", at % 4 == 0 ? "photo" : null) : null,
        });
        var wire = new InterceptingHandler();
        var store = table.OpenStore(wire);
        var costs = new List<(string, int, long)>();
        await MeasureAsync("find", () => store.FindAsync(added[7].Id));
        await MeasureAsync("update", () => store.TryUpdateAsync(added[7]));
        await MeasureAsync("look", () => store.LeaseDueAsync(TestData.Start.AddHours(-1), TestData.Later, 16));
        await MeasureAsync("claim of 1", () => store.LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 1));
        await MeasureAsync("claim of 16", () => store.LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 16));
        await MeasureAsync("count", () => store.CountPendingAsync("photos", "owner 3", DateTimeOffset.MaxValue));
        await MeasureAsync("list", () => store.ListAsync(UploadFilter.ForOwner("owner 3"), 20));
        var attached = (await table.Store.FindAsync(added[9].Id))! with { Association = new("order", "1") };
        await MeasureAsync("attach", () => store.TryUpdateAsync(attached));
        await MeasureAsync("list of an association", () => store.ListAsync(UploadFilter.ForAssociation("user", "3"), 20));
        await MeasureAsync(
            "list of an association and kind", () => store.ListAsync(UploadFilter.ForAssociation("user", "3", "photo"), 20));
        await MeasureAsync("list of an association and owner", () => store.ListAsync(
            UploadFilter.ForOwner("owner 3") with { Association = new("user", "3") }, 20));
        await MeasureAsync("list of an association and status", () => store.ListAsync(
            UploadFilter.ForAssociation("user", "3") with { Status = UploadStatus.Ready }, 20));
        return costs;

        async Task MeasureAsync<T>(string verb, Func<ValueTask<T>> act)
        {
            var (requests, bytes) = (wire.Requests.Count, wire.BytesReceived);
            await act();
            costs.Add((verb, wire.Requests.Count - requests, wire.BytesReceived - bytes));
        }
    }
}
