using System.Text.RegularExpressions;
using DirectUpload.DynamoDB.Records;
using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

public sealed class DynamoDBIndexTests : IAsyncLifetime
{
    private const int Shards = 8;

    private readonly InterceptingHandler _handler = new();
    private TestTable _table = null!;

    public async ValueTask InitializeAsync() => _table = await TestTable.CreateAsync(TestContext.Current.CancellationToken, Shards);

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Fact]
    public async Task Indexes_ContainDueAndPendingRecordsOnly()
    {
        var record = await _table.Store.AddAsync(TestData.CreateDue());
        await AssertCountsAsync(due: 1, pending: 1);

        record = (await _table.Store.TryUpdateAsync(record with { NextActionAt = null }))!;
        await AssertCountsAsync(due: 0, pending: 1);

        record = (await _table.Store.TryUpdateAsync(record with { Status = UploadStatus.Ready, NextActionAt = TestData.Later }))!;
        await AssertCountsAsync(due: 1, pending: 0);

        await _table.Store.TryUpdateAsync(record with { NextActionAt = null });
        await AssertCountsAsync(due: 0, pending: 0);
        (await GetItemsAsync("by-owner")).Should().ContainSingle();
    }

    [Fact]
    public async Task Indexes_ProjectOnlyQueriedAttributes()
    {
        await _table.Store.AddAsync(TestData.CreateDue() with { NotifyAt = TestData.Start, Association = new("user", "42", "avatar") });

        (await GetItemsAsync("by-notify")).Single().Keys.Should().BeEquivalentTo("id", "notify_shard", "notify_at");
        (await GetItemsAsync("by-next-action")).Single().Keys
            .Should().BeEquivalentTo("id", "next_action_shard", "next_action_at", "version");
        (await GetItemsAsync("by-owner")).Single().Keys
            .Should().BeEquivalentTo("id", "owner_list", "profile", "stored_bytes", "created_at");
        (await GetItemsAsync("by-association")).Single().Keys
            .Should().BeEquivalentTo("id", "association_list", "association", "owner", "created_at");
        (await GetItemsAsync("by-pending")).Single().Keys.Should().BeEquivalentTo("id", "pending", "declared_size");
        (await GetItemsAsync("by-awaited")).Should().BeEmpty();
        await _table.Store.AddAsync(CreateWaiting("scan"));
        (await GetItemsAsync("by-awaited")).Single().Keys.Should().BeEquivalentTo("id", "awaited", "created_at");
    }

    /// <summary>Dynalite filters whole items; DynamoDB, only what the index contains, and no key.</summary>
    [Fact]
    public async Task Queries_FilterByProjectedAttributes()
    {
        var indexes = TableDefinition.Create(_table.Options).GlobalSecondaryIndexes.ToDictionary(index => index.IndexName);
        foreach (var filter in CreateFilters())
        {
            foreach (var query in ListRequests.CreateQueries(filter, 10, _table.Options))
            {
                var names = Regex.Matches(query.FilterExpression ?? "", @"(?<![.\w])#\d+")
                    .Select(match => query.ExpressionAttributeNames[match.Value]);
                names.Should().BeSubsetOf(indexes[query.IndexName].Projection.NonKeyAttributes, $"{filter}");
                query.ExpressionAttributeNames.Values.Should().OnlyHaveUniqueItems();
                var expressions = $"{query.KeyConditionExpression} {query.FilterExpression} {query.ProjectionExpression}";
                foreach (var placeholder in query.ExpressionAttributeNames.Keys.Concat(query.ExpressionAttributeValues.Keys))
                    expressions.Should().MatchRegex($@"{placeholder}\b", "DynamoDB refuses unused names and values");
            }
        }
    }

    [Theory]
    [InlineData("ada", "user", "by-association")]
    [InlineData(null, "user", "by-association")]
    [InlineData("ada", null, "by-owner")]
    public async Task List_OwnerAndAssociation_UsesTheIndexOfAssociations(string? owner, string? type, string index)
    {
        var filter = UploadFilter.ForOwner(owner) with { Association = type is null ? null : new(type, "42") };
        await _table.OpenStore(_handler).ListAsync(filter, 10);

        _handler.Requests.Should().ContainSingle().Which.Body.Should().Contain($"\"IndexName\":\"{index}\"");
    }

    [Fact]
    public async Task List_AwaitedOfAll_ReadsOnlyWhatWaits()
    {
        await TestData.AddAsync(_table.Store, 250, _ => TestData.CreateDue());
        await TestData.AddAsync(_table.Store, 230, _ => CreateWaiting("moderation"));
        await TestData.AddAsync(_table.Store, 20, _ => CreateWaiting("scan"));

        var listed = await _table.OpenStore(_handler).ListAllAsync(UploadFilter.ForAll() with { AwaitedProcessor = "moderation" })
            .ToListAsync(TestContext.Current.CancellationToken);

        listed.Should().HaveCount(230).And.OnlyContain(record => record.AwaitedProcessor() == "moderation");
        listed.Select(record => record.Id).Should().OnlyHaveUniqueItems();
        _handler.Requests.Should().NotContain(request => request.Operation == "Scan");
        _handler.Requests.Where(request => request.Operation == "Query").Should().OnlyContain(
            request => request.Body.Contains("\"IndexName\":\"by-awaited\""));
    }

    [Fact]
    public async Task Awaited_SpreadsOverTheShards()
    {
        await TestData.AddAsync(_table.Store, 400, _ => CreateWaiting("scan"));

        await AssertSpreadAsync("by-awaited", item => item["awaited"].S);
    }

    [Fact]
    public async Task Decision_LeavesTheIndex()
    {
        var waiting = await _table.Store.AddAsync(CreateWaiting("scan"));

        await _table.Store.TryUpdateAsync(waiting with { Decisions = [waiting.Decisions[0] with { DecidedAt = TestData.Start }] });

        (await GetItemsAsync("by-awaited")).Should().BeEmpty();
    }

    [Fact]
    public async Task List_EntryOlderThanItsRecord_IsCompared()
    {
        var moved = await _table.Store.AddAsync(TestData.CreateRecord() with { Association = new("user", "42", "avatar") });
        _handler.OnCompleted = async operation =>
        {
            if (operation == "Query")
                moved = await _table.Store.TryUpdateAsync(moved with { Association = new("user", "43") }) ?? moved;
        };

        (await _table.OpenStore(_handler).ListAsync(UploadFilter.ForAssociation("user", "42"), 10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Indexes_SharedPartitions_SpreadOverTheShards()
    {
        // All of one millisecond, which is how a burst comes.
        await TestData.AddAsync(_table.Store, 400, _ => TestData.CreateDue() with { Owner = null });

        await AssertSpreadAsync("by-next-action", item => item["next_action_shard"].N);
        await AssertSpreadAsync("by-owner", item => item["owner_list"].S);
        await AssertSpreadAsync("by-pending", item => item["pending"].S);
        (await _table.Store.CountPendingAsync("photos", null, DateTimeOffset.MaxValue)).Should().Be((400, 40_000));
        (await _table.Store.ListAsync(UploadFilter.ForOwner(null), 1000)).Select(record => record.Id).Should().HaveCount(400)
            .And.BeInDescendingOrder();
    }

    [Fact]
    public async Task Shards_IncreasedLater_FindAllRecords()
    {
        await TestData.AddAsync(_table.Store, 50, _ => TestData.CreateDue() with { Owner = null });
        var grown = new DynamoDBUploadRecordStore(
            _table.Client, new() { TableName = _table.Options.TableName, Shards = 20 }, TimeProvider.System);
        await TestData.AddAsync(grown, 50, _ => TestData.CreateDue() with { Owner = null });

        (await grown.CountPendingAsync("photos", null, DateTimeOffset.MaxValue)).Count.Should().Be(100);
        (await grown.ListAsync(UploadFilter.ForOwner(null), 1000)).Should().HaveCount(100);
        (await grown.LeaseDueAsync(TestData.Start, TestData.Later, 1000)).Should().HaveCount(100);
    }

    [Fact]
    public async Task LeaseDue_TwelveConcurrently_EachGetsItsLimit()
    {
        await TestData.AddAsync(_table.Store, 320, at => TestData.CreateDue(at % 50));
        var stores = Enumerable.Range(0, 12).Select(_ => _table.OpenStore(_handler)).ToArray();
        var claims = await Task.WhenAll(
            stores.Select(store => store.LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 20).AsTask()));

        claims.Should().OnlyContain(claim => claim.Count == 20);
        claims.SelectMany(claim => claim).Select(record => record.Id).Should().OnlyHaveUniqueItems();
        // By chance 420 to 770 writes in forty runs; walking side by side they needed 1,650 to 2,400.
        _handler.Count("UpdateItem").Should().BeLessThan(1200);
    }

    [Fact]
    public async Task LeaseDue_RecordChangedAfterQuery_IsSkipped()
    {
        var (putOff, stays) = (await _table.Store.AddAsync(TestData.CreateDue()), await _table.Store.AddAsync(TestData.CreateDue(1)));
        var queries = 0;
        _handler.OnCompleted = async operation =>
        {
            // Every shard has told what it knows.
            if (operation == "Query" && Interlocked.Increment(ref queries) == Shards)
                await _table.Store.TryUpdateAsync(putOff with { NextActionAt = TestData.Later.AddHours(5) });
        };
        var claimed = await _table.OpenStore(_handler).LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 10);

        claimed.Select(record => record.Id).Should().Equal(stays.Id);
        (await _table.Store.FindAsync(putOff.Id))!.NextActionAt.Should().Be(TestData.Later.AddHours(5));
    }

    [Fact]
    public async Task LeaseDue_RecordReplacedAfterQuery_IsSkipped()
    {
        var due = await _table.Store.AddAsync(TestData.CreateDue());
        var queries = 0;
        _handler.OnCompleted = async operation =>
        {
            if (operation == "Query" && Interlocked.Increment(ref queries) == Shards)
            {
                await _table.Store.DeleteAsync(due.Id);
                await _table.Store.AddAsync(due with { NextActionAt = null });
            }
        };

        (await _table.OpenStore(_handler).LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 10)).Should().BeEmpty();
        (await _table.Store.FindAsync(due.Id))!.NextActionAt.Should().BeNull();
    }

    private static IEnumerable<UploadFilter> CreateFilters() =>
        from list in new[]
        {
            UploadFilter.ForOwner("ada"), UploadFilter.ForOwner(null), UploadFilter.ForAssociation("user", "42"),
            UploadFilter.ForAssociation("user", "42", "avatar"), UploadFilter.ForOwner("ada") with { Association = new("user", "42") },
            UploadFilter.ForOwner(null) with { Association = new("user", "42", "avatar") },
            UploadFilter.ForAll() with { AwaitedProcessor = "moderation" },
            UploadFilter.ForOwner("ada") with { AwaitedProcessor = "moderation" },
        }
        from status in new UploadStatus?[] { null, UploadStatus.Ready }
        from begin in new DateTimeOffset?[] { null, TestData.Start }
        from until in new DateTimeOffset?[] { null, TestData.Later }
        from before in new UploadId?[] { null, UploadId.Create(TestData.Later) }
        select list with { Status = status, CreatedFrom = begin, CreatedBefore = until, Before = before };

    private static UploadRecord CreateWaiting(string processor) => TestData.CreateRecord() with
    {
        Owner = "grace",
        Status = UploadStatus.Processing,
        Decisions = [new UploadDecision(processor, Deadline: TestData.Later)],
    };

    private async Task AssertCountsAsync(int due, int pending)
    {
        (await GetItemsAsync("by-next-action")).Should().HaveCount(due);
        (await GetItemsAsync("by-pending")).Should().HaveCount(pending);
    }

    private async Task AssertSpreadAsync(string index, Func<Item, string> shard)
    {
        var counts = (await GetItemsAsync(index)).CountBy(shard).ToDictionary();
        counts.Should().HaveCount(Shards);
        counts.Values.Should().OnlyContain(count => count > 20 && count < 90, "50 each are expected");
    }

    private async Task<List<Item>> GetItemsAsync(string index) =>
        (await _table.Client.ScanAsync(new ScanRequest { TableName = _table.Options.TableName, IndexName = index })).Items;
}
