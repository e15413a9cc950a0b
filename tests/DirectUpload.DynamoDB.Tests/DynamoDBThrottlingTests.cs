using System.Net;
using System.Text.Json;
using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>
/// Throttling is an outage, as a server that can't be reached is: it is waited for, or it is thrown; nothing is concluded from it, and
/// nothing is lost.
/// </summary>
public sealed class DynamoDBThrottlingTests : IAsyncLifetime
{
    private readonly InterceptingHandler _handler = new();
    private TestTable _table = null!;

    public async ValueTask InitializeAsync() => _table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Theory]
    [InlineData("ProvisionedThroughputExceededException")]
    [InlineData("ThrottlingException")]
    public async Task Operations_EveryFourthThrottled_Succeed(string error)
    {
        var turn = 0;
        _handler.RespondInstead = _ => Interlocked.Increment(ref turn) % 4 == 0 ? InterceptingHandler.CreateError(error) : null;
        var store = _table.OpenStore(_handler);

        var added = await TestData.AddAsync(store, 10, at => TestData.CreateDue(at));
        foreach (var record in added)
            (await store.TryUpdateAsync(record with { Attempts = 1 })).Should().NotBeNull();
        var claimed = await store.LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 100);

        claimed.Select(record => $"{record.Id}").Should().BeEquivalentTo(added.Select(record => $"{record.Id}"));
        claimed.Should().OnlyContain(record => record.Attempts == 1 && record.Version == 3);
        (await store.ListAsync(UploadFilter.ForOwner("ada"), 100)).Should().HaveCount(10);
        (await store.CountPendingAsync("photos", "ada", DateTimeOffset.MaxValue)).Should().Be((10, 1000));
        (await store.ListAllAsync().CountAsync()).Should().Be(10);
        _handler.Requests.Count.Should().BeGreaterThan(50, "a quarter of them was in vain");
    }

    [Fact]
    public async Task Operations_AlwaysThrottled_ThrowUnavailable()
    {
        var there = await _table.Store.AddAsync(TestData.CreateDue());
        var store = _table.OpenStore(_handler, retries: 1);
        _handler.RespondInstead = _ => InterceptingHandler.CreateError("ProvisionedThroughputExceededException");
        Func<Task>[] verbs =
        [
            () => store.AddAsync(TestData.CreateRecord()).AsTask(),
            () => store.FindAsync(there.Id).AsTask(),
            () => store.TryUpdateAsync(there).AsTask(),
            () => store.LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 10).AsTask(),
            () => store.ListAsync(UploadFilter.ForOwner("ada"), 10).AsTask(),
            () => store.CountPendingAsync("photos", "ada", DateTimeOffset.MaxValue).AsTask(),
            () => store.DeleteAsync(there.Id).AsTask(),
            () => store.ListAllAsync().CountAsync().AsTask(),
        ];

        foreach (var verb in verbs)
            (await verb.Should().ThrowAsync<RecordStoreUnavailableException>())
                .WithInnerException<ProvisionedThroughputExceededException>();

        (await _table.Store.ListAllAsync().ToListAsync()).Should().BeEquivalentTo([there]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LeaseDue_FailureMidway_ReturnsWhatWasLeased(bool throttled)
    {
        var added = await TestData.AddAsync(_table.Store, 40, at => TestData.CreateDue(at));
        var store = _table.OpenStore(_handler, retries: 0);
        var writes = 0;
        _handler.RespondInstead = operation => operation != "UpdateItem" || Interlocked.Increment(ref writes) <= 10
            ? null
            : throttled ? InterceptingHandler.CreateError("ProvisionedThroughputExceededException")
            : throw new HttpRequestException("Connection refused");

        var first = await store.LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 40);
        _handler.RespondInstead = _ => null;
        var second = await store.LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 40);

        first.Should().HaveCount(10);
        first.Concat(second).Select(record => $"{record.Id}").Should().BeEquivalentTo(added.Select(record => $"{record.Id}"))
            .And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task List_UnprocessedKeys_AreRequestedAgain()
    {
        var added = await TestData.AddAsync(_table.Store, 5, _ => TestData.CreateRecord());
        var store = _table.OpenStore(_handler);
        var left = true;
        var keys = new { ConsistentRead = true, Keys = added.Select(record => new { id = new { S = $"{record.Id}" } }) };
        var answer = JsonSerializer.Serialize(
            new { Responses = new { }, UnprocessedKeys = new Dictionary<string, object> { [_table.Options.TableName] = keys } });
        _handler.RespondInstead = operation => operation == "BatchGetItem" && left && !(left = false)
            ? InterceptingHandler.CreateResponse(HttpStatusCode.OK, answer)
            : null;

        (await store.ListAsync(UploadFilter.ForOwner("ada"), 10)).Should().BeEquivalentTo(added);
        _handler.Count("BatchGetItem").Should().Be(2);
    }
}
