namespace DirectUpload.DynamoDB.Tests;

public sealed class DynamoDBItemTests : IAsyncLifetime
{
    private TestTable _table = null!;

    public async ValueTask InitializeAsync() => _table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Theory]
    [InlineData(0, "1772366400")]
    [InlineData(1, "1772366401")]
    [InlineData(9_999_999, "1772366401")]
    [InlineData(10_000_000, "1772366401")]
    public async Task ExpiresAt_RoundsThePurgeTimeUp(long ticks, string seconds)
    {
        var record = await _table.Store.AddAsync(
            TestData.CreateRecord() with { PurgeAt = DateTimeOffset.FromUnixTimeSeconds(1_772_366_400).AddTicks(ticks) });
        (await _table.GetItemAsync(record.Id))["expires_at"].N.Should().Be(seconds);

        await _table.Store.TryUpdateAsync(record with { PurgeAt = null });
        (await _table.GetItemAsync(record.Id)).Should().NotContainKey("expires_at");
    }

    [Fact]
    public async Task Item_HasReadableAttributes()
    {
        var record = await _table.Store.AddAsync(TestData.CreateDue() with
        {
            Metadata = new Dictionary<string, string> { ["album"] = "summer" },
            Actor = "clerk",
            Association = new("user", "42", "avatar"),
            AttachedAt = TestData.Start,
            Transitions = [new(UploadStatus.Requested, TestData.Start)],
        });
        var item = await _table.GetItemAsync(record.Id);

        item["status"].S.Should().Be("Requested");
        item["next_action_at"].S.Should().Be("2026-03-01T12:00:00.1234567Z");
        item["owner_list"].S.Should().Be("=ada");
        item["association"].M.ToDictionary(part => part.Key, part => part.Value.S).Should().BeEquivalentTo(
            new Dictionary<string, string> { ["type"] = "user", ["id"] = "42", ["kind"] = "avatar" });
        item["association_list"].S.Should().Be("user/42");
        item["attached_at"].S.Should().Be("2026-03-01T12:00:00.1234567Z");
        item["pending"].S.Should().Be("photos/=ada");
        item["metadata"].M["album"].S.Should().Be("summer");
        item["audit"].M["transitions"].L.Single().S.Should().Be("2026-03-01T12:00:00.1234567Z Requested");
        item.Should().NotContainKeys("properties", "variants", "error", "etag", "purge_at", "attach_by", "is_replacing");
    }

    /// <summary>
    /// Two steps an attempt, an attempt every 256 seconds at most, beside as much metadata as a request may bring and findings as large.
    /// </summary>
    [Fact]
    public async Task Item_WeekOfRetriesAndMaxMetadata_Fits()
    {
        var entries = Enumerable.Range(0, 32).ToDictionary(number => $"{number}-{new string('n', 96)}", _ => new string('é', 1000));
        const int steps = 2 * 7 * 24 * 3600 / 256;
        var record = await _table.Store.AddAsync(TestData.CreateRecord() with
        {
            Metadata = entries,
            Properties = entries,
            Transitions = [.. Enumerable.Range(0, steps)
                .Select(step => new UploadTransition(UploadStatus.Processing, TestData.Start.AddSeconds(step)))],
        });

        (await _table.Store.FindAsync(record.Id))!.Transitions.Should().Equal(record.Transitions);
    }

    [Fact]
    public async Task Update_ItemTooLarge_ThrowsAndKeepsTheRecord()
    {
        var record = await _table.Store.AddAsync(TestData.CreateRecord());
        var huge = record with { Properties = new Dictionary<string, string> { ["text"] = new('x', 400 * 1024) } };

        var refusal = await _table.Store.Awaiting(it => it.TryUpdateAsync(huge).AsTask()).Should().ThrowAsync<AmazonDynamoDBException>();
        refusal.Which.ErrorCode.Should().Be("ValidationException");
        (await _table.Store.FindAsync(record.Id)).Should().BeEquivalentTo(record);
    }

    [Fact]
    public async Task Find_ForeignItem_ThrowsUnreadableRecord()
    {
        var id = UploadId.Create(TestData.Start);
        await _table.Client.PutItemAsync(_table.Options.TableName, new() { ["id"] = new() { S = id.ToString() } });

        (await _table.Store.Awaiting(it => it.FindAsync(id).AsTask()).Should().ThrowAsync<UnreadableRecordException>())
            .WithMessage($"*{id} cannot be read*The item \"{id}\" lacks its profile: *");
    }
}
