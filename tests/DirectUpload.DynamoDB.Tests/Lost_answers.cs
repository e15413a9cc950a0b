namespace DirectUpload.DynamoDB.Tests;

/// <summary>
/// The SDK repeats a request whose answer it never had; the server has done it already and refuses the repetition. Whoever wrote must still be told so, and
/// nobody else.
/// </summary>
public sealed class Lost_answers : IAsyncLifetime
{
    private readonly Wire _wire = new();
    private OwnTable _table = null!;
    private IUploadRecordStore _store = null!;
    private bool _losing;

    private IUploadRecordStore Other => _table.Store;

    public async ValueTask InitializeAsync()
    {
        _table = await OwnTable.CreateAsync(TestContext.Current.CancellationToken);
        _store = _table.Through(_wire);
        // The first answer to a write only: the repetition comes through.
        _wire.LosesAnswer = request => request.Operation == "UpdateItem" && _losing && !(_losing = false);
    }

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Fact]
    public async Task An_add_was_ours()
    {
        var record = Some.Record();
        var added = await LosingAsync(() => _store.AddAsync(record));

        added.Version.Should().Be(1);
        (await Other.FindAsync(record.Id)).Should().BeEquivalentTo(added);
    }

    [Fact]
    public async Task An_add_of_what_was_there_was_not_ours()
    {
        var there = await Other.AddAsync(Some.Record());

        await this.Awaiting(it => it.LosingAsync(() => it._store.AddAsync(there with { FileName = "dog.png" }))).Should().ThrowAsync<InvalidOperationException>();
        (await Other.FindAsync(there.Id))!.FileName.Should().Be("cat.png");
    }

    [Fact]
    public async Task An_update_was_ours()
    {
        var added = await Other.AddAsync(Some.Record());
        var updated = await LosingAsync(() => _store.TryUpdateAsync(added with { Attempts = 7 }));

        updated!.Version.Should().Be(2);
        (await Other.FindAsync(added.Id))!.Attempts.Should().Be(7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    public async Task An_update_was_ours_though_others_have_written_on_top_of_it(int others)
    {
        var added = await Other.AddAsync(Some.Record());
        WhenLost(async () =>
        {
            for (var other = 0; other < others; other++)
                await Other.TryUpdateAsync((await Other.FindAsync(added.Id))! with { Failures = other });
        });
        var updated = await LosingAsync(() => _store.TryUpdateAsync(added with { Attempts = 7 }));

        updated!.Version.Should().Be(2);
        (await Other.FindAsync(added.Id))!.Version.Should().Be(2 + others);
    }

    [Fact]
    public async Task An_update_that_somebody_else_had_made_before_was_not_ours()
    {
        var added = await Other.AddAsync(Some.Record());
        await Other.TryUpdateAsync(added with { Attempts = 1 });
        var updated = await LosingAsync(() => _store.TryUpdateAsync(added with { Attempts = 7 }));

        updated.Should().BeNull();
        (await Other.FindAsync(added.Id))!.Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Of_two_whose_answers_are_lost_one_wins()
    {
        var added = await Other.AddAsync(Some.Record());
        for (var round = 0; round < 5; round++)
        {
            var wire = new Wire();
            var losing = true;
            wire.LosesAnswer = request => request.Operation == "UpdateItem" && losing && !(losing = false);
            var second = _table.Through(wire);
            _losing = true;
            var outcomes = await Task.WhenAll(
                _store.TryUpdateAsync(added with { Attempts = 1 }).AsTask(), second.TryUpdateAsync(added with { Attempts = 2 }).AsTask());

            var winner = outcomes.Should().ContainSingle(outcome => outcome != null).Subject!;
            added = (await Other.FindAsync(added.Id))!;
            added.Attempts.Should().Be(winner.Attempts);
        }
    }

    /// <summary>The one answer that is not quite true: a write that nobody heard of, and its record, have gone.</summary>
    [Fact]
    public async Task An_update_of_what_is_then_deleted_is_told_that_it_has_gone()
    {
        var added = await Other.AddAsync(Some.Record());
        WhenLost(async () => await Other.DeleteAsync(added.Id));

        (await LosingAsync(() => _store.TryUpdateAsync(added with { Attempts = 7 }))).Should().BeNull();
        (await Other.FindAsync(added.Id)).Should().BeNull();
    }

    [Fact]
    public async Task A_claim_was_ours()
    {
        var added = await Other.AddAsync(Some.Due());
        var claimed = await LosingAsync(() => _store.ClaimDueAsync(Some.Start, Some.Later, 1));

        claimed.Should().ContainSingle().Which.Should().BeEquivalentTo(added with { DueAt = Some.Later, Version = 2 });
        (await Other.ClaimDueAsync(Some.Start, Some.Later, 1)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_claim_that_somebody_has_taken_on_meanwhile_is_not_given_out()
    {
        var added = await Other.AddAsync(Some.Due());
        WhenLost(async () => await Other.TryUpdateAsync((await Other.FindAsync(added.Id))! with { Attempts = 9 }));
        var claimed = await LosingAsync(() => _store.ClaimDueAsync(Some.Start, Some.Later, 1));

        claimed.Should().BeEmpty();
        (await Other.FindAsync(added.Id))!.Attempts.Should().Be(9);
    }

    [Fact]
    public async Task Marks_do_not_pile_up()
    {
        var record = await Other.AddAsync(Some.Record());
        for (var version = 1; version < 100; version++)
            record = (await Other.TryUpdateAsync(record))!;

        (await _table.ItemAsync(record.Id))["writes"].M.Keys.Should().BeEquivalentTo(Enumerable.Range(37, 64).Select(version => $"{version}"));
    }

    private async Task<T> LosingAsync<T>(Func<ValueTask<T>> act)
    {
        _losing = true;
        var before = _wire.Count("UpdateItem");
        try
        {
            return await act();
        }
        finally
        {
            _wire.Count("UpdateItem").Should().BeGreaterThan(before + 1, "the SDK must have repeated the request");
        }
    }

    private void WhenLost(Func<Task> act)
    {
        var done = false;
        _wire.WhenDone = async operation =>
        {
            if (operation != "UpdateItem" || done)
                return;
            done = true;
            await act();
        };
    }
}
