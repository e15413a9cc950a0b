using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DirectUpload.DynamoDB.Records;

namespace DirectUpload.DynamoDB.Tests;

public sealed class DynamoDBTableTests : IAsyncDisposable
{
    private readonly InterceptingHandler _handler = new();
    private readonly DynamoDBStoreOptions _options = new() { TableName = $"table-{Guid.NewGuid():N}" };

    public async ValueTask DisposeAsync()
    {
        if (DynaliteEngine.Find() is null)
            return;
        using var client = TestClients.Create();
        if (!(await client.ListTablesAsync()).TableNames.Contains(_options.TableName))
            return;
        while ((await client.DescribeTableAsync(_options.TableName)).Table.TableStatus != TableStatus.ACTIVE)
            await Task.Delay(20);
        await client.DeleteTableAsync(_options.TableName);
    }

    [Fact]
    public async Task Create_TenConcurrently_AllFindTheTableActive()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var client = TestClients.Create(_handler);
            await CreateAsync(client);
            await new DynamoDBUploadRecordStore(client, _options, TimeProvider.System).AddAsync(TestData.CreateDue());
        }));

        using var client = TestClients.Create();
        (await new DynamoDBUploadRecordStore(
            client, _options, TimeProvider.System).LeaseDueAsync(TestData.Later, TestData.Later.AddHours(1), 100)).Should().HaveCount(10);
        _handler.Count("CreateTable").Should().BeGreaterThan(1, "else there was no race");
    }

    [Fact]
    public async Task Create_ExistingTable_LeavesItUnchanged()
    {
        using var client = TestClients.Create(_handler);
        await CreateAsync(client);
        var store = new DynamoDBUploadRecordStore(client, _options, TimeProvider.System);
        var added = await store.AddAsync(TestData.CreateRecord());
        await CreateAsync(client);

        _handler.Count("CreateTable").Should().Be(1);
        (await store.FindAsync(added.Id)).Should().BeEquivalentTo(added);
    }

    [Fact]
    public async Task Create_IncompatibleTable_NamesMissingIndexes()
    {
        using var client = TestClients.Create();
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = _options.TableName,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new("id", ScalarAttributeType.S), new("owner_list", ScalarAttributeType.S)],
            KeySchema = [new("id", KeyType.HASH)],
            GlobalSecondaryIndexes = [new()
            {
                IndexName = "by-owner",
                KeySchema = [new("owner_list", KeyType.HASH)],
                Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY },
            }],
        });

        (await this.Awaiting(it => it.CreateAsync(client)).Should().ThrowAsync<InvalidOperationException>()).WithMessage(
            $"The table \"{_options.TableName}\" exists and lacks the index by-next-action with the key next_action_shard (HASH), "
            + "next_action_at (RANGE) and the index by-notify with the key notify_shard (HASH), notify_at (RANGE) and the index "
            + "by-owner with the "
            + "key owner_list (HASH), id (RANGE) and the index by-association with the key association_list (HASH), id (RANGE) and the "
            + "index by-pending with the key pending (HASH) and the index by-awaited with the key awaited (HASH), id (RANGE). Add what "
            + "is missing, for example by updating its stack with "
            + "DynamoDBTable.CreateCloudFormationTemplate, or set TableName to another name.");
    }

    /// <summary>What DynamoDB answers is taken from its documentation; dynalite knows no time to live.</summary>
    [Fact]
    public async Task Create_EnablesTimeToLiveOnce()
    {
        var enabled = false;
        _handler.RespondInstead = operation => operation switch
        {
            "DescribeTimeToLive" => CreateTimeToLiveResponse(enabled ? "ENABLING" : "DISABLED"),
            "UpdateTimeToLive" => Enable(),
            _ => null,
        };
        using var client = TestClients.Create(_handler);
        await CreateAsync(client);
        await CreateAsync(client);

        var asked = JsonNode.Parse(_handler.Requests.Single(request => request.Operation == "UpdateTimeToLive").Body)!;
        asked["TableName"]!.GetValue<string>().Should().Be(_options.TableName);
        JsonNode.DeepEquals(asked["TimeToLiveSpecification"], CreateTemplate()["TimeToLiveSpecification"]).Should().BeTrue();

        HttpResponseMessage Enable()
        {
            enabled = true;
            return InterceptingHandler.CreateResponse(
                HttpStatusCode.OK, """{"TimeToLiveSpecification":{"AttributeName":"expires_at","Enabled":true}}""");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_TimeToLiveRefused_ThrowsUnlessEnabled(bool enabledByAnother)
    {
        var described = 0;
        _handler.RespondInstead = operation => operation switch
        {
            "DescribeTimeToLive" => CreateTimeToLiveResponse(described++ > 0 && enabledByAnother ? "ENABLED" : "DISABLED"),
            "UpdateTimeToLive" => InterceptingHandler.CreateError("ValidationException", "TimeToLive is already enabled"),
            _ => null,
        };
        using var client = TestClients.Create(_handler);
        var creating = () => CreateAsync(client);

        if (enabledByAnother)
            await creating.Should().NotThrowAsync();
        else
            await creating.Should().ThrowAsync<AmazonDynamoDBException>();
    }

    [Fact]
    public async Task CloudFormation_MatchesTheCreatedTable()
    {
        using var client = TestClients.Create(_handler);
        await CreateAsync(client);
        var asked = JsonNode.Parse(_handler.Requests.Single(request => request.Operation == "CreateTable").Body)!.AsObject();

        var described = CreateTemplate();
        described.Remove("TimeToLiveSpecification").Should().BeTrue();
        JsonNode.DeepEquals(Sort(described), Sort(asked)).Should().BeTrue($"{described.ToJsonString()} is to be {asked.ToJsonString()}");
    }

    private Task CreateAsync(IAmazonDynamoDB client) =>
        DynamoDBTable.CreateIfMissingAsync(client, _options, cancellationToken: TestContext.Current.CancellationToken);

    private JsonObject CreateTemplate() =>
        JsonNode.Parse(
            DynamoDBTable.CreateCloudFormationTemplate(_options))!["Resources"]!["DirectUploads"]!["Properties"]!.DeepClone().AsObject();

    private HttpResponseMessage CreateTimeToLiveResponse(string status) => InterceptingHandler.CreateResponse(
        HttpStatusCode.OK,
        JsonSerializer.Serialize(
            new { TimeToLiveDescription = new { AttributeName = status == "DISABLED" ? null : "expires_at", TimeToLiveStatus = status } }));

    private static JsonObject Sort(JsonObject node) =>
        new(node.OrderBy(property => property.Key).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
}
