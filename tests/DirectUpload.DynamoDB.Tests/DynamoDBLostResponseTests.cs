namespace DirectUpload.DynamoDB.Tests;

/// <summary>
/// The SDK repeats a request whose answer it never had; the server has done it already and refuses the repetition. Whoever wrote must still
/// be told so, and nobody else.
/// </summary>
public sealed class DynamoDBLostResponseTests : IAsyncLifetime
{
    private readonly InterceptingHandler _handler = new();
    private TestTable _table = null!;
    private IUploadRecordStore _store = null!;
    private bool _loseNextResponse;

    private IUploadRecordStore OtherStore => _table.Store;

    public async ValueTask InitializeAsync()
    {
        _table = await TestTable.CreateAsync(TestContext.Current.CancellationToken);
        _store = _table.OpenStore(_handler);
        // The first answer to a write only: the repetition comes through.
        _handler.ShouldLoseResponse = request => request.Operation == "UpdateItem" && _loseNextResponse && !(_loseNextResponse = false);
    }

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Fact]
    public async Task Add_LostResponse_ReturnsTheRecord()
    {
        var record = TestData.CreateRecord();
        var added = await LoseResponseAsync(() => _store.AddAsync(record));

        added.Version.Should().Be(1);
        (await OtherStore.FindAsync(record.Id)).Should().BeEquivalentTo(added);
    }

    [Fact]
    public async Task Add_LostResponseOfDuplicateId_Throws()
    {
        var there = await OtherStore.AddAsync(TestData.CreateRecord());

        await this.Awaiting(it => it.LoseResponseAsync(() => it._store.AddAsync(there with { FileName = "dog.png" })))
            .Should().ThrowAsync<InvalidOperationException>();
        (await OtherStore.FindAsync(there.Id))!.FileName.Should().Be("cat.png");
    }

    [Fact]
    public async Task Update_LostResponse_ReturnsTheRecord()
    {
        var added = await OtherStore.AddAsync(TestData.CreateRecord());
        var updated = await LoseResponseAsync(() => _store.TryUpdateAsync(added with { Attempts = 7 }));

        updated!.Version.Should().Be(2);
        (await OtherStore.FindAsync(added.Id))!.Attempts.Should().Be(7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    public async Task Update_LostResponseThenOverwritten_Succeeds(int others)
    {
        var added = await OtherStore.AddAsync(TestData.CreateRecord());
        OnLostResponse(async () =>
        {
            for (var other = 0; other < others; other++)
                await OtherStore.TryUpdateAsync((await OtherStore.FindAsync(added.Id))! with { FailedAttempts = other });
        });
        var updated = await LoseResponseAsync(() => _store.TryUpdateAsync(added with { Attempts = 7 }));

        updated!.Version.Should().Be(2);
        (await OtherStore.FindAsync(added.Id))!.Version.Should().Be(2 + others);
    }

    [Fact]
    public async Task Update_LostResponseOfConflict_ReturnsNull()
    {
        var added = await OtherStore.AddAsync(TestData.CreateRecord());
        await OtherStore.TryUpdateAsync(added with { Attempts = 1 });
        var updated = await LoseResponseAsync(() => _store.TryUpdateAsync(added with { Attempts = 7 }));

        updated.Should().BeNull();
        (await OtherStore.FindAsync(added.Id))!.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Update_TwoLostResponses_HaveOneWinner()
    {
        var added = await OtherStore.AddAsync(TestData.CreateRecord());
        for (var round = 0; round < 5; round++)
        {
            var wire = new InterceptingHandler();
            var losing = true;
            wire.ShouldLoseResponse = request => request.Operation == "UpdateItem" && losing && !(losing = false);
            var second = _table.OpenStore(wire);
            _loseNextResponse = true;
            var outcomes = await Task.WhenAll(
                _store.TryUpdateAsync(added with { Attempts = 1 }).AsTask(), second.TryUpdateAsync(added with { Attempts = 2 }).AsTask());

            var winner = outcomes.Should().ContainSingle(outcome => outcome != null).Subject!;
            added = (await OtherStore.FindAsync(added.Id))!;
            added.Attempts.Should().Be(winner.Attempts);
        }
    }

    /// <summary>The one answer that is not quite true: a write that nobody heard of, and its record, have gone.</summary>
    [Fact]
    public async Task Update_LostResponseThenDeleted_ReturnsNull()
    {
        var added = await OtherStore.AddAsync(TestData.CreateRecord());
        OnLostResponse(async () => await OtherStore.DeleteAsync(added.Id));

        (await LoseResponseAsync(() => _store.TryUpdateAsync(added with { Attempts = 7 }))).Should().BeNull();
        (await OtherStore.FindAsync(added.Id)).Should().BeNull();
    }

    [Fact]
    public async Task LeaseDue_LostResponse_ReturnsTheRecord()
    {
        var added = await OtherStore.AddAsync(TestData.CreateDue());
        var claimed = await LoseResponseAsync(() => _store.LeaseDueAsync(TestData.Start, TestData.Later, 1));

        claimed.Should().ContainSingle().Which.Should().BeEquivalentTo(added with { NextActionAt = TestData.Later, Version = 2 });
        (await OtherStore.LeaseDueAsync(TestData.Start, TestData.Later, 1)).Should().BeEmpty();
    }

    [Fact]
    public async Task LeaseDue_LostResponseThenUpdated_IsNotReturned()
    {
        var added = await OtherStore.AddAsync(TestData.CreateDue());
        OnLostResponse(async () => await OtherStore.TryUpdateAsync((await OtherStore.FindAsync(added.Id))! with { Attempts = 9 }));
        var claimed = await LoseResponseAsync(() => _store.LeaseDueAsync(TestData.Start, TestData.Later, 1));

        claimed.Should().BeEmpty();
        (await OtherStore.FindAsync(added.Id))!.Attempts.Should().Be(9);
    }

    [Fact]
    public async Task Update_WriteMarkers_AreBounded()
    {
        var record = await OtherStore.AddAsync(TestData.CreateRecord());
        for (var version = 1; version < 100; version++)
            record = (await OtherStore.TryUpdateAsync(record))!;

        (await _table.GetItemAsync(record.Id))["writes"].M.Keys
            .Should().BeEquivalentTo(Enumerable.Range(37, 64).Select(version => $"{version}"));
    }

    private async Task<T> LoseResponseAsync<T>(Func<ValueTask<T>> act)
    {
        _loseNextResponse = true;
        var before = _handler.Count("UpdateItem");
        try
        {
            return await act();
        }
        finally
        {
            _handler.Count("UpdateItem").Should().BeGreaterThan(before + 1, "the SDK must have repeated the request");
        }
    }

    private void OnLostResponse(Func<Task> act)
    {
        var done = false;
        _handler.OnCompleted = async operation =>
        {
            if (operation != "UpdateItem" || done)
                return;
            done = true;
            await act();
        };
    }
}
