using DirectUpload.Records;
using DirectUpload.Tests.Uploads;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Records;

public sealed class InMemoryStoreTests
{
    private readonly InMemoryUploadRecordStore _store = new();

    [Fact]
    public async Task A_new_record_becomes_version_1()
    {
        var record = Some.Record() with { Version = 7 };
        var added = await _store.AddAsync(record);

        added.Should().Be(record with { Version = 1 });
        (await _store.FindAsync(record.Id)).Should().Be(added);
    }

    [Fact]
    public async Task A_record_is_found_by_either_of_its_keys_in_its_bucket_only()
    {
        var added = await _store.AddAsync(Some.Record());

        (await _store.FindByKeyAsync("bucket", added.StagingKey)).Should().Be(added);
        (await _store.FindByKeyAsync("bucket", added.FinalKey)).Should().Be(added);
        (await _store.FindByKeyAsync("another", added.FinalKey)).Should().BeNull();
        (await _store.FindByKeyAsync("bucket", added.FinalKey.ToUpperInvariant())).Should().BeNull();
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        (await _store.FindAsync(UploadId.New(Some.Start))).Should().BeNull();
        (await _store.TryUpdateAsync(Some.Record())).Should().BeNull();
        await _store.DeleteAsync(UploadId.New(Some.Start));
    }

    [Fact]
    public async Task An_id_is_taken_once()
    {
        var first = await _store.AddAsync(Some.Record());

        await Taken(first);
        await Taken(Some.Record() with { Id = first.Id });

        async Task Taken(UploadRecord record) =>
            await _store.Awaiting(it => it.AddAsync(record).AsTask()).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task In_place_both_keys_are_one()
    {
        var record = Some.Record();
        var added = await _store.AddAsync(record with { FinalKey = record.StagingKey });

        (await _store.FindByKeyAsync("bucket", record.StagingKey)).Should().Be(added);
    }

    [Fact]
    public async Task An_update_of_the_newest_version_counts_up_and_any_other_is_lost()
    {
        var first = await _store.AddAsync(Some.Record());
        var second = await _store.TryUpdateAsync(first with { Attempts = 1 });

        second!.Version.Should().Be(2);
        second.Attempts.Should().Be(1);
        (await _store.TryUpdateAsync(first with { Attempts = 9 })).Should().BeNull();
        (await _store.TryUpdateAsync(second with { Version = 3 })).Should().BeNull();
        (await _store.FindAsync(first.Id)).Should().Be(second);
    }

    [Fact]
    public async Task A_deleted_record_is_gone_with_its_keys_and_they_can_be_used_again()
    {
        var record = await _store.AddAsync(Some.Record());
        await _store.DeleteAsync(record.Id);
        await _store.DeleteAsync(record.Id);

        (await _store.FindAsync(record.Id)).Should().BeNull();
        (await _store.FindByKeyAsync("bucket", record.FinalKey)).Should().BeNull();
        (await _store.TryUpdateAsync(record)).Should().BeNull();
        (await _store.CountPendingAsync("photos", null)).Should().Be(default(PendingUploads));
        (await _store.AddAsync(record)).Version.Should().Be(1);
    }

    [Fact]
    public async Task What_is_due_comes_the_longest_overdue_first()
    {
        foreach (var minutes in new int?[] { 3, 1, null, 2, 9 })
            await _store.AddAsync(Some.Record() with { DueAt = minutes is { } m ? Some.Start.AddMinutes(m) : null, Attempts = minutes ?? 0 });

        (await _store.ClaimDueAsync(Some.Start, Some.Start.AddHours(1), 100)).Should().BeEmpty();
        (await _store.ClaimDueAsync(Some.Start.AddMinutes(3), Some.Start.AddHours(1), 2)).Select(record => record.Attempts).Should().Equal(1, 2);
        (await _store.ClaimDueAsync(Some.Start.AddMinutes(3), Some.Start.AddHours(1), 100)).Select(record => record.Attempts).Should().Equal(3);
        (await _store.ClaimDueAsync(Some.Start.AddHours(1), Some.Start.AddHours(2), 100)).Should().HaveCount(4);
    }

    [Fact]
    public async Task An_owners_records_come_the_newest_first_and_nobody_elses()
    {
        foreach (var (owner, minutes) in new[] { ("ada", 1), ("ada", 3), ("bob", 4), ("ada", 2), ("Ada", 5) })
            await _store.AddAsync(Some.Record() with { Id = UploadId.New(Some.Start.AddMinutes(minutes)), Owner = owner, Attempts = minutes });
        await _store.AddAsync(Some.Record() with { Attempts = 6 });

        (await _store.ListByOwnerAsync("ada", 100)).Select(record => record.Attempts).Should().Equal(3, 2, 1);
        (await _store.ListByOwnerAsync("ada", 2)).Select(record => record.Attempts).Should().Equal(3, 2);
        (await _store.ListByOwnerAsync(null, 100)).Select(record => record.Attempts).Should().Equal(6);
        (await _store.ListByOwnerAsync("", 100)).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_many_threads_that_update_one_version_one_wins()
    {
        var record = await _store.AddAsync(Some.Record());
        for (var round = 0; round < 200; round++)
        {
            using var start = new Barrier(4);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
            {
                start.SignalAndWait();
                return await _store.TryUpdateAsync(record with { Attempts = number });
            })));

            var won = outcomes.Should().ContainSingle(outcome => outcome != null).Subject!;
            won.Version.Should().Be(record.Version + 1);
            (await _store.FindAsync(record.Id)).Should().Be(won);
            record = won;
        }
    }

    [Fact]
    public async Task Of_many_threads_that_add_one_id_one_wins()
    {
        var record = Some.Record();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                await _store.AddAsync(record);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        })));

        outcomes.Count(added => added).Should().Be(1);
        (await _store.CountPendingAsync("photos", null)).Count.Should().Be(1);
    }

    [Fact]
    public async Task Every_verb_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var cancelled = source.Token;
        var record = Some.Record();
        Func<Task>[] verbs =
        [
            () => _store.AddAsync(record, cancelled).AsTask(),
            () => _store.FindAsync(record.Id, cancelled).AsTask(),
            () => _store.RetireAsync(Some.Start, 1, cancelled).AsTask(),
            () => _store.TryUpdateAsync(record, cancelled).AsTask(),
            () => _store.ClaimDueAsync(Some.Start, Some.Start.AddHours(1), 1, cancelled).AsTask(),
            () => _store.ListByOwnerAsync(null, 1, null, cancelled).AsTask(),
            () => _store.CountPendingAsync("p", null, cancelled).AsTask(),
            () => _store.DeleteAsync(record.Id, cancelled).AsTask(),
        ];

        foreach (var verb in verbs)
            await verb.Should().ThrowAsync<OperationCanceledException>();
    }
}
