using System.Net;
using Amazon.Runtime;
using DirectUpload.DynamoDB.Records;
using DirectUpload.StoreConformance;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>The server cut off, hung, out of order and throttling: every verb says that the store is unavailable, in time.</summary>
public sealed class UnavailableDynamoDBTests : IAsyncLifetime
{
    private TestTable _table = null!;

    public async ValueTask InitializeAsync() => _table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Operations_ServerDisconnectedOrHanging_AreUnavailable(bool hangs)
    {
        var known = await _table.Store.AddAsync(TestData.CreateRecord());
        using var way = new FaultInjectingTcpProxy(new Uri(DynaliteEngine.Require().Endpoint).Port);
        using var client = new Amazon.DynamoDBv2.AmazonDynamoDBClient(
            new BasicAWSCredentials("dynalite", "checks-no-signatures"),
            new Amazon.DynamoDBv2.AmazonDynamoDBConfig
            {
                ServiceURL = $"http://127.0.0.1:{way.Port}",
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 1,
                ThrottleRetries = false,
            });
        var store = new DynamoDBUploadRecordStore(client, _table.Options, TimeProvider.System);
        (await store.FindAsync(known.Id)).Should().NotBeNull();

        if (hangs)
            way.IsHanging = true;
        else
            way.Disconnect();
        // Removal of what has retired is the database's own: no request is made for it.
        await StoreAssert.IsUnavailableAsync(store, known, purgesAutomatically: true);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalServerError")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    [InlineData(HttpStatusCode.BadRequest, "RequestLimitExceeded")]
    [InlineData(HttpStatusCode.BadRequest, "ResourceNotFoundException")]
    [InlineData(HttpStatusCode.BadRequest, "ExpiredTokenException")]
    [InlineData(HttpStatusCode.Forbidden, "AccessDeniedException")]
    public async Task Operations_ServiceError_AreUnavailable(HttpStatusCode status, string error)
    {
        var known = await _table.Store.AddAsync(TestData.CreateRecord());
        var wire = new InterceptingHandler
        {
            RespondInstead = _ => InterceptingHandler.CreateResponse(
                status, $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{error}}","message":"not now"}"""),
        };

        await StoreAssert.IsUnavailableAsync(_table.OpenStore(wire, retries: 0), known, purgesAutomatically: true);
    }

    [Fact]
    public async Task Operations_OneUnreadableItem_ReturnTheOthers()
    {
        var unreadable = new UnreadableRecords(Microsoft.Extensions.Logging.Abstractions.NullLogger<UnreadableRecords>.Instance);
        var store = new DynamoDBUploadRecordStore(_table.Client, _table.Options, TimeProvider.System, unreadable);
        var records = await TestData.AddAsync(store, 9, at => TestData.CreateDue(at) with { NotifyAt = TestData.Start.AddMinutes(at) });
        var bad = records[2];
        await _table.Client.UpdateItemAsync(new()
        {
            TableName = _table.Options.TableName,
            Key = new() { ["id"] = new() { S = $"{bad.Id}" } },
            UpdateExpression = "SET #s = :s",
            ExpressionAttributeNames = new() { ["#s"] = "status" },
            ExpressionAttributeValues = new() { [":s"] = new() { S = "Quarantined" } },
        });
        var good = records.Where(record => record.Id != bad.Id).Select(record => $"{record.Id}").ToList();

        var claimed = await store.LeaseDueAsync(TestData.Later, TestData.Later.AddMinutes(1), 8);
        var leased = await store.LeaseNotificationsAsync(TestData.Later, TestData.Later.AddMinutes(1), 8);

        claimed.Select(record => $"{record.Id}").Should().BeEquivalentTo(good, "the next one takes its place in the batch");
        leased.Select(lease => $"{lease.Record.Id}").Should().BeEquivalentTo(good);
        (await store.ListAsync(UploadFilter.ForOwner("ada"), 8)).Select(record => $"{record.Id}").Should().BeEquivalentTo(good);
        (await store.ListAllAsync().ToListAsync()).Select(record => $"{record.Id}").Should().BeEquivalentTo(good);
        await store.Awaiting(it => it.FindAsync(bad.Id).AsTask()).Should().ThrowAsync<UnreadableRecordException>();
        unreadable.Ids.Should().Equal($"{bad.Id}");
        (await store.LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 8)).Should().BeEmpty("it was set aside");
        (await _table.GetItemAsync(bad.Id))["status"].S.Should().Be("Quarantined", "it is kept as it is");
    }
}
