namespace DirectUpload.DynamoDB.Tests;

public sealed class What_an_item_holds : IAsyncLifetime
{
    private OwnTable _table = null!;

    public async ValueTask InitializeAsync() => _table = await OwnTable.CreateAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Theory]
    [InlineData(0, "1772366400")]
    [InlineData(1, "1772366401")]
    [InlineData(9_999_999, "1772366401")]
    [InlineData(10_000_000, "1772366401")]
    public async Task It_expires_no_sooner_than_the_record_may_vanish(long ticks, string seconds)
    {
        var record = await _table.Store.AddAsync(Some.Record() with { RetireAt = DateTimeOffset.FromUnixTimeSeconds(1_772_366_400).AddTicks(ticks) });
        (await _table.ItemAsync(record.Id))["expires_at"].N.Should().Be(seconds);

        await _table.Store.TryUpdateAsync(record with { RetireAt = null });
        (await _table.ItemAsync(record.Id)).Should().NotContainKey("expires_at");
    }

    [Fact]
    public async Task It_reads_as_people_write()
    {
        var record = await _table.Store.AddAsync(Some.Due() with
        {
            Metadata = new Dictionary<string, string> { ["album"] = "summer" },
            Audit = new() { Actor = "clerk", Transitions = [new(UploadStatus.Requested, Some.Start)] },
        });
        var item = await _table.ItemAsync(record.Id);

        item["status"].S.Should().Be("Requested");
        item["due_at"].S.Should().Be("2026-03-01T12:00:00.1234567Z");
        item["owner_list"].S.Should().Be("=ada");
        item["pending"].S.Should().Be("photos/=ada");
        item["metadata"].M["album"].S.Should().Be("summer");
        item["audit"].M["transitions"].L.Single().S.Should().Be("2026-03-01T12:00:00.1234567Z Requested");
        item.Should().NotContainKeys("findings", "derivatives", "error", "etag", "retire_at");
    }

    /// <summary>Two steps an attempt, an attempt every 256 seconds at most, beside as much metadata as a request may bring and findings as large.</summary>
    [Fact]
    public async Task An_outage_of_a_week_fits_into_it()
    {
        var entries = Enumerable.Range(0, 32).ToDictionary(number => $"{number}-{new string('n', 96)}", _ => new string('é', 1000));
        const int steps = 2 * 7 * 24 * 3600 / 256;
        var record = await _table.Store.AddAsync(Some.Record() with
        {
            Metadata = entries,
            Findings = entries,
            Audit = new() { Transitions = [.. Enumerable.Range(0, steps).Select(step => new UploadTransition(UploadStatus.Processing, Some.Start.AddSeconds(step)))] },
        });

        (await _table.Store.FindAsync(record.Id))!.Audit.Transitions.Should().Equal(record.Audit.Transitions);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_nothing_is_cut_off()
    {
        var record = await _table.Store.AddAsync(Some.Record());
        var huge = record with { Findings = new Dictionary<string, string> { ["text"] = new('x', 400 * 1024) } };

        var refusal = await _table.Store.Awaiting(it => it.TryUpdateAsync(huge).AsTask()).Should().ThrowAsync<AmazonDynamoDBException>();
        refusal.Which.ErrorCode.Should().Be("ValidationException");
        (await _table.Store.FindAsync(record.Id)).Should().BeEquivalentTo(record);
    }

    [Fact]
    public async Task What_somebody_else_has_put_into_the_table_is_said_to_be_no_record()
    {
        var id = UploadId.New(Some.Start);
        await _table.Client.PutItemAsync(_table.Options.TableName, new() { ["id"] = new() { S = id.ToString() } });

        (await _table.Store.Awaiting(it => it.FindAsync(id).AsTask()).Should().ThrowAsync<UnreadableRecordException>())
            .WithMessage($"*{id} cannot be read*The item \"{id}\" lacks its profile: *");
    }
}
