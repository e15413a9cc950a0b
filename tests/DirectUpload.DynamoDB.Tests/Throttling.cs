using System.Net;
using System.Text.Json;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>Throttling is an outage, as a server that can't be reached is: it is waited for, or it is thrown; nothing is concluded from it, and nothing is lost.</summary>
public sealed class Throttling : IAsyncLifetime
{
    private readonly Wire _wire = new();
    private OwnTable _table = null!;

    public async ValueTask InitializeAsync() => _table = await OwnTable.CreateAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Theory]
    [InlineData("ProvisionedThroughputExceededException")]
    [InlineData("ThrottlingException")]
    public async Task A_request_in_four_that_is_throttled_goes_unnoticed(string error)
    {
        var turn = 0;
        _wire.Instead = _ => Interlocked.Increment(ref turn) % 4 == 0 ? Wire.Refusal(error) : null;
        var store = _table.Through(_wire);

        var added = await Some.AddAsync(store, 10, at => Some.Due(at));
        foreach (var record in added)
            (await store.TryUpdateAsync(record with { Attempts = 1 })).Should().NotBeNull();
        var claimed = await store.ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 100);

        claimed.Select(record => $"{record.Id}").Should().BeEquivalentTo(added.Select(record => $"{record.Id}"));
        claimed.Should().OnlyContain(record => record.Attempts == 1 && record.Version == 3);
        (await store.ListByOwnerAsync("ada", 100)).Should().HaveCount(10);
        (await store.CountPendingAsync("photos", "ada", DateTimeOffset.MaxValue)).Should().Be(new PendingUploads(10, 1000));
        (await store.ListAllAsync().CountAsync()).Should().Be(10);
        _wire.Requests.Count.Should().BeGreaterThan(50, "a quarter of them was in vain");
    }

    [Fact]
    public async Task Without_end_it_is_thrown_by_every_verb_as_what_it_is()
    {
        var there = await _table.Store.AddAsync(Some.Due());
        var store = _table.Through(_wire, retries: 1);
        _wire.Instead = _ => Wire.Refusal("ProvisionedThroughputExceededException");
        Func<Task>[] verbs =
        [
            () => store.AddAsync(Some.Record()).AsTask(),
            () => store.FindAsync(there.Id).AsTask(),
            () => store.TryUpdateAsync(there).AsTask(),
            () => store.ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 10).AsTask(),
            () => store.ListByOwnerAsync("ada", 10).AsTask(),
            () => store.CountPendingAsync("photos", "ada", DateTimeOffset.MaxValue).AsTask(),
            () => store.DeleteAsync(there.Id).AsTask(),
            () => store.ListAllAsync().CountAsync().AsTask(),
        ];

        foreach (var verb in verbs)
            (await verb.Should().ThrowAsync<RecordStoreUnavailableException>()).WithInnerException<ProvisionedThroughputExceededException>();

        (await _table.Store.ListAllAsync().ToListAsync()).Should().BeEquivalentTo([there]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_claimed_before_an_outage_is_given_out_and_the_rest_is_claimed_later(bool throttled)
    {
        var added = await Some.AddAsync(_table.Store, 40, at => Some.Due(at));
        var store = _table.Through(_wire, retries: 0);
        var writes = 0;
        _wire.Instead = operation => operation != "UpdateItem" || Interlocked.Increment(ref writes) <= 10
            ? null
            : throttled ? Wire.Refusal("ProvisionedThroughputExceededException") : throw new HttpRequestException("Connection refused");

        var first = await store.ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 40);
        _wire.Instead = _ => null;
        var second = await store.ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 40);

        first.Should().HaveCount(10);
        first.Concat(second).Select(record => $"{record.Id}").Should().BeEquivalentTo(added.Select(record => $"{record.Id}")).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Keys_that_a_batch_left_out_are_asked_for_again()
    {
        var added = await Some.AddAsync(_table.Store, 5, _ => Some.Record());
        var store = _table.Through(_wire);
        var left = true;
        var keys = new { ConsistentRead = true, Keys = added.Select(record => new { id = new { S = $"{record.Id}" } }) };
        var answer = JsonSerializer.Serialize(new { Responses = new { }, UnprocessedKeys = new Dictionary<string, object> { [_table.Options.TableName] = keys } });
        _wire.Instead = operation => operation == "BatchGetItem" && left && !(left = false)
            ? Wire.Answer(HttpStatusCode.OK, answer)
            : null;

        (await store.ListByOwnerAsync("ada", 10)).Should().BeEquivalentTo(added);
        _wire.Count("BatchGetItem").Should().Be(2);
    }
}
