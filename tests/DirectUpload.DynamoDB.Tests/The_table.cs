using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DirectUpload.DynamoDB.Tests;

public sealed class The_table : IAsyncDisposable
{
    private readonly Wire _wire = new();
    private readonly DynamoDBStoreOptions _options = new() { TableName = $"table-{Guid.NewGuid():N}" };

    public async ValueTask DisposeAsync()
    {
        if (DynaliteEngine.Find() is null)
            return;
        using var client = Clients.New();
        if (!(await client.ListTablesAsync()).TableNames.Contains(_options.TableName))
            return;
        while ((await client.DescribeTableAsync(_options.TableName)).Table.TableStatus != TableStatus.ACTIVE)
            await Task.Delay(20);
        await client.DeleteTableAsync(_options.TableName);
    }

    [Fact]
    public async Task Ten_that_create_it_at_once_all_find_it_ready()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var client = Clients.New(_wire);
            await CreateAsync(client);
            await new DynamoDBUploadRecordStore(client, _options, TimeProvider.System).AddAsync(Some.Due());
        }));

        using var client = Clients.New();
        (await new DynamoDBUploadRecordStore(client, _options, TimeProvider.System).ClaimDueAsync(Some.Later, Some.Later.AddHours(1), 100)).Should().HaveCount(10);
        _wire.Count("CreateTable").Should().BeGreaterThan(1, "else there was no race");
    }

    [Fact]
    public async Task One_that_is_there_is_left_as_it_is()
    {
        using var client = Clients.New(_wire);
        await CreateAsync(client);
        var store = new DynamoDBUploadRecordStore(client, _options, TimeProvider.System);
        var added = await store.AddAsync(Some.Record());
        await CreateAsync(client);

        _wire.Count("CreateTable").Should().Be(1);
        (await store.FindAsync(added.Id)).Should().BeEquivalentTo(added);
    }

    [Fact]
    public async Task One_of_another_kind_is_named_with_what_it_lacks()
    {
        using var client = Clients.New();
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = _options.TableName,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new("id", ScalarAttributeType.S), new("owner_list", ScalarAttributeType.S)],
            KeySchema = [new("id", KeyType.HASH)],
            GlobalSecondaryIndexes = [new() { IndexName = "by-owner", KeySchema = [new("owner_list", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } }],
        });

        (await this.Awaiting(it => it.CreateAsync(client)).Should().ThrowAsync<InvalidOperationException>()).WithMessage(
            $"The table \"{_options.TableName}\" exists and lacks the index by-due with the key due_shard (HASH), due_at (RANGE) and the index by-notify with the key notify_shard (HASH), notify_at (RANGE) and the index by-owner with the "
            + "key owner_list (HASH), id (RANGE) and the index by-pending with the key pending (HASH). Set TableName to another, *");
    }

    /// <summary>What DynamoDB answers is taken from its documentation; dynalite knows no time to live.</summary>
    [Fact]
    public async Task It_lets_what_has_retired_expire()
    {
        var enabled = false;
        _wire.Instead = operation => operation switch
        {
            "DescribeTimeToLive" => Described(enabled ? "ENABLING" : "DISABLED"),
            "UpdateTimeToLive" => Enable(),
            _ => null,
        };
        using var client = Clients.New(_wire);
        await CreateAsync(client);
        await CreateAsync(client);

        var asked = JsonNode.Parse(_wire.Requests.Single(request => request.Operation == "UpdateTimeToLive").Body)!;
        asked["TableName"]!.GetValue<string>().Should().Be(_options.TableName);
        JsonNode.DeepEquals(asked["TimeToLiveSpecification"], Template()["TimeToLiveSpecification"]).Should().BeTrue();

        HttpResponseMessage Enable()
        {
            enabled = true;
            return Wire.Answer(HttpStatusCode.OK, """{"TimeToLiveSpecification":{"AttributeName":"expires_at","Enabled":true}}""");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_to_enable_expiry_means_nothing_only_when_it_is_enabled(bool enabledByAnother)
    {
        var described = 0;
        _wire.Instead = operation => operation switch
        {
            "DescribeTimeToLive" => Described(described++ > 0 && enabledByAnother ? "ENABLED" : "DISABLED"),
            "UpdateTimeToLive" => Wire.Refusal("ValidationException", "TimeToLive is already enabled"),
            _ => null,
        };
        using var client = Clients.New(_wire);
        var creating = () => CreateAsync(client);

        if (enabledByAnother)
            await creating.Should().NotThrowAsync();
        else
            await creating.Should().ThrowAsync<AmazonDynamoDBException>();
    }

    [Fact]
    public async Task CloudFormation_makes_the_same()
    {
        using var client = Clients.New(_wire);
        await CreateAsync(client);
        var asked = JsonNode.Parse(_wire.Requests.Single(request => request.Operation == "CreateTable").Body)!.AsObject();

        var described = Template();
        described.Remove("TimeToLiveSpecification").Should().BeTrue();
        JsonNode.DeepEquals(Sorted(described), Sorted(asked)).Should().BeTrue($"{described.ToJsonString()} is to be {asked.ToJsonString()}");
    }

    private Task CreateAsync(IAmazonDynamoDB client) => DynamoDBTable.CreateIfMissingAsync(client, _options, cancellationToken: TestContext.Current.CancellationToken);

    private JsonObject Template() =>
        JsonNode.Parse(DynamoDBTable.CloudFormation(_options))!["Resources"]!["DirectUploads"]!["Properties"]!.DeepClone().AsObject();

    private HttpResponseMessage Described(string status) => Wire.Answer(
        HttpStatusCode.OK,
        JsonSerializer.Serialize(new { TimeToLiveDescription = new { AttributeName = status == "DISABLED" ? null : "expires_at", TimeToLiveStatus = status } }));

    private static JsonObject Sorted(JsonObject node) => new(node.OrderBy(property => property.Key).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));
}
