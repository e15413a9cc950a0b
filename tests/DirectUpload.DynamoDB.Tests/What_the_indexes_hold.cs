namespace DirectUpload.DynamoDB.Tests;

public sealed class What_the_indexes_hold : IAsyncLifetime
{
    private const int Shards = 8;

    private readonly Wire _wire = new();
    private OwnTable _table = null!;

    public async ValueTask InitializeAsync() => _table = await OwnTable.CreateAsync(TestContext.Current.CancellationToken, Shards);

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Fact]
    public async Task Only_what_is_due_and_only_what_is_pending()
    {
        var record = await _table.Store.AddAsync(Some.Due());
        await HoldAsync(due: 1, pending: 1);

        record = (await _table.Store.TryUpdateAsync(record with { DueAt = null }))!;
        await HoldAsync(due: 0, pending: 1);

        record = (await _table.Store.TryUpdateAsync(record with { Status = UploadStatus.Ready, DueAt = Some.Later }))!;
        await HoldAsync(due: 1, pending: 0);

        await _table.Store.TryUpdateAsync(record with { DueAt = null });
        await HoldAsync(due: 0, pending: 0);
        (await ItemsAsync("by-owner")).Should().ContainSingle();
    }

    [Fact]
    public async Task An_index_holds_no_more_of_a_record_than_is_asked_of_it()
    {
        await _table.Store.AddAsync(Some.Due() with { NotifyAt = Some.Start });

        (await ItemsAsync("by-notify")).Single().Keys.Should().BeEquivalentTo("id", "notify_shard", "notify_at");
        (await ItemsAsync("by-due")).Single().Keys.Should().BeEquivalentTo("id", "due_shard", "due_at", "version");
        (await ItemsAsync("by-owner")).Single().Keys.Should().BeEquivalentTo("id", "owner_list", "profile", "held_size", "created_at");
        (await ItemsAsync("by-pending")).Single().Keys.Should().BeEquivalentTo("id", "pending", "claimed_size");
    }

    [Fact]
    public async Task What_all_instances_share_is_spread_over_the_shards()
    {
        // All of one millisecond, which is how a burst comes.
        await Some.AddAsync(_table.Store, 400, _ => Some.Due() with { Owner = null });

        await SpreadAsync("by-due", item => item["due_shard"].N);
        await SpreadAsync("by-owner", item => item["owner_list"].S);
        await SpreadAsync("by-pending", item => item["pending"].S);
        (await _table.Store.CountPendingAsync("photos", null, DateTimeOffset.MaxValue)).Should().Be(new PendingUploads(400, 40_000));
        (await _table.Store.ListByOwnerAsync(null, 1000)).Select(record => record.Id).Should().HaveCount(400).And.BeInDescendingOrder();
    }

    [Fact]
    public async Task Shards_may_grow_later()
    {
        await Some.AddAsync(_table.Store, 50, _ => Some.Due() with { Owner = null });
        var grown = new DynamoDBUploadRecordStore(_table.Client, new() { TableName = _table.Options.TableName, Shards = 20 }, TimeProvider.System);
        await Some.AddAsync(grown, 50, _ => Some.Due() with { Owner = null });

        (await grown.CountPendingAsync("photos", null, DateTimeOffset.MaxValue)).Count.Should().Be(100);
        (await grown.ListByOwnerAsync(null, 1000)).Should().HaveCount(100);
        (await grown.ClaimDueAsync(Some.Start, Some.Later, 1000)).Should().HaveCount(100);
    }

    [Fact]
    public async Task Claimants_at_once_all_come_away_with_their_fill()
    {
        await Some.AddAsync(_table.Store, 320, at => Some.Due(at % 50));
        var stores = Enumerable.Range(0, 12).Select(_ => _table.Through(_wire)).ToArray();
        var claims = await Task.WhenAll(stores.Select(store => store.ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 20).AsTask()));

        claims.Should().OnlyContain(claim => claim.Count == 20);
        claims.SelectMany(claim => claim).Select(record => record.Id).Should().OnlyHaveUniqueItems();
        // By chance 420 to 770 writes in forty runs; walking side by side they needed 1,650 to 2,400.
        _wire.Count("UpdateItem").Should().BeLessThan(1200);
    }

    [Fact]
    public async Task A_record_that_has_changed_since_the_index_was_read_is_left_alone()
    {
        var (putOff, stays) = (await _table.Store.AddAsync(Some.Due()), await _table.Store.AddAsync(Some.Due(1)));
        var queries = 0;
        _wire.WhenDone = async operation =>
        {
            // Every shard has told what it knows.
            if (operation == "Query" && Interlocked.Increment(ref queries) == Shards)
                await _table.Store.TryUpdateAsync(putOff with { DueAt = Some.Later.AddHours(5) });
        };
        var claimed = await _table.Through(_wire).ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 10);

        claimed.Select(record => record.Id).Should().Equal(stays.Id);
        (await _table.Store.FindAsync(putOff.Id))!.DueAt.Should().Be(Some.Later.AddHours(5));
    }

    [Fact]
    public async Task A_record_that_was_deleted_and_added_again_is_not_the_one_that_was_due()
    {
        var due = await _table.Store.AddAsync(Some.Due());
        var queries = 0;
        _wire.WhenDone = async operation =>
        {
            if (operation == "Query" && Interlocked.Increment(ref queries) == Shards)
            {
                await _table.Store.DeleteAsync(due.Id);
                await _table.Store.AddAsync(due with { DueAt = null });
            }
        };

        (await _table.Through(_wire).ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 10)).Should().BeEmpty();
        (await _table.Store.FindAsync(due.Id))!.DueAt.Should().BeNull();
    }

    private async Task HoldAsync(int due, int pending)
    {
        (await ItemsAsync("by-due")).Should().HaveCount(due);
        (await ItemsAsync("by-pending")).Should().HaveCount(pending);
    }

    private async Task SpreadAsync(string index, Func<Item, string> shard)
    {
        var counts = (await ItemsAsync(index)).CountBy(shard).ToDictionary();
        counts.Should().HaveCount(Shards);
        counts.Values.Should().OnlyContain(count => count > 20 && count < 90, "50 each are expected");
    }

    private async Task<List<Item>> ItemsAsync(string index) =>
        (await _table.Client.ScanAsync(new ScanRequest { TableName = _table.Options.TableName, IndexName = index })).Items;
}
