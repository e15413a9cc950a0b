using DirectUpload.EntityFrameworkCore.Records;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.EntityFrameworkCore.Tests.Unreadable;

/// <summary>One row that this version cannot read holds up no other, by whatever verb, and is not lost.</summary>
public sealed class UnreadableRowTests
{
    private static readonly string[] Corruptions =
    [
        "status = 'Quarantined'", "status = '3'", "status = 'Ready, Failed'", "transitions = '[{'", "transitions = 'null'",
        "metadata = '[]'", "metadata = '{\"a\":null}'", "variants = '[null]'",
        "notification_checkpoints = '7'", "created_at = 'yesterday'", "write_token_hash = 'none'",
    ];

    public static TheoryData<bool, string> DatabasesAndCorruptions =>
        [.. from postgres in new[] { false, true } from damage in Corruptions select (postgres, damage)];

    [Theory]
    [MemberData(nameof(DatabasesAndCorruptions))]
    public async Task Operations_OneUnreadableRow_ReturnTheOthers(bool postgres, string damage)
    {
        var (configure, remove) = CreateDatabase(postgres);
        var log = new CapturedLog();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log));
        services.AddDirectUploads().UseEntityFrameworkCore(configure);
        await using (var provider = services.BuildServiceProvider())
        {
            var (store, unreadable) = (provider.GetRequiredService<IUploadRecordStore>(), provider.GetRequiredService<UnreadableRecords>());
            var records = new List<UploadRecord>();
            for (var number = 0; number < 9; number++)
                records.Add(await store.AddAsync(TestData.CreateRecord() with
                {
                    NextActionAt = TestData.Start.AddSeconds(number),
                    NotifyAt = TestData.Start.AddSeconds(number),
                }));
            var bad = records[2];
            await ExecuteAsync(provider, $"UPDATE direct_uploads SET {damage} WHERE id = '{bad.Id}'");
            var now = TestData.Start.AddMinutes(1);

            var claimed = await store.LeaseDueAsync(now, now.AddMinutes(1), 8);
            var leased = await store.LeaseNotificationsAsync(now, now.AddMinutes(1), 8);

            var good = records.Where(record => record.Id != bad.Id).Select(record => record.Id).ToList();
            claimed.Select(record => record.Id).Should().Equal(good, "the next one takes its place in the batch");
            leased.Select(lease => lease.Record.Id).Should().Equal(good);
            (await store.ListAsync(UploadFilter.ForOwner("ada"), 8)).Select(record => record.Id).Order().Should().Equal(good.Order());
            (await store.ListAllAsync().ToListAsync()).Select(record => record.Id).Order().Should().Equal(good.Order());
            await FluentActions.Awaiting(() => store.FindAsync(bad.Id).AsTask()).Should().ThrowAsync<UnreadableRecordException>();
            unreadable.Ids.Should().Equal($"{bad.Id}");
            (await provider.GetRequiredService<UploadHealth>().CheckAsync()).Degradations
                .Should().ContainSingle(text => text.StartsWith("records: "))
                .Which.Should().StartWith("records: 1 records cannot be read").And.Contain($"{bad.Id}");
            log.Errors.Should().ContainSingle().Which.Should().Contain($"{bad.Id}");
            (await store.LeaseDueAsync(now.AddMinutes(1).AddTicks(-1), now.AddHours(1), 8)).Should().BeEmpty("it was set aside");
            (await store.GetBacklogAsync(now, 10)).Count.Should().Be(0);

            await ExecuteAsync(
                provider,
                "UPDATE direct_uploads SET status = 'Requested', transitions = '[]', metadata = '{}', variants = '[]', "
                + "notification_checkpoints = '{}', "
                    + $"created_at = '{Iso8601.Write(TestData.Start)}', write_token_hash = '{new string('a', 64)}' WHERE id = '{bad.Id}'");
            (await store.LeaseDueAsync(now.AddHours(1), now.AddHours(2), 100)).Select(record => record.Id)
                .Should().Contain(bad.Id, "the row was repaired, and nothing is lost");
            (await store.LeaseNotificationsAsync(now.AddHours(1), now.AddHours(2), 100)).Select(lease => lease.Record.Id)
                .Should().Contain(bad.Id);
            unreadable.Count.Should().Be(0);
        }

        await remove();
    }

    private static (Action<DbContextOptionsBuilder> Configure, Func<ValueTask> Remove) CreateDatabase(bool postgres)
    {
        if (postgres)
        {
            var database = PostgresDatabase.Require();
            return (o => o.UseNpgsql(database.ConnectionString), database.DropAsync);
        }

        var file = new SqliteFile();
        return (o => o.UseSqlite(file.ConnectionString), DeleteAsync);

        ValueTask DeleteAsync()
        {
            file.Delete();
            return default;
        }
    }

    private static async Task ExecuteAsync(ServiceProvider provider, string sql)
    {
        await using var context = await provider.GetRequiredService<IDbContextFactory<DirectUploadDbContext>>().CreateDbContextAsync();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
