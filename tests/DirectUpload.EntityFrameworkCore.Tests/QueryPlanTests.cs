using DirectUpload.EntityFrameworkCore.Records;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>Each question that is asked of many records is answered by its index, without looking at them all.</summary>
public sealed class QueryPlanTests
{
    private const int Records = 3000;

    private static readonly (string Question, string Sql, string Index)[] Queries =
    [
        ("what is due",
            "SELECT id FROM direct_uploads WHERE next_action_at <= '2026-03-01T12:00:00.0000000Z' ORDER BY next_action_at, id LIMIT 20",
            "ix_direct_uploads_next_action"),
        ("what is to be notified of",
            "SELECT id FROM direct_uploads WHERE notify_at <= '2026-03-01T12:00:00.0000000Z' AND (notify_until IS NULL OR notify_until " +
            "<= '2026-03-01T12:00:00.0000000Z') ORDER BY notify_at, id LIMIT 20",
            "ix_direct_uploads_notify"),
        ("an owner's records", "SELECT * FROM direct_uploads WHERE owner = 'owner 7' ORDER BY id DESC LIMIT 20", "ix_direct_uploads_owner"),
        ("what an owner has pending",
            "SELECT count(*), sum(pending_size) FROM direct_uploads WHERE profile = 'photos' AND owner = 'owner 7' AND pending_size IS " +
            "NOT NULL AND (quota_ends_at IS NULL OR quota_ends_at > '2026-03-01T12:00:00.0000000Z')",
            "ix_direct_uploads_pending"),
        ("what an owner holds",
            "SELECT sum(stored_bytes) FROM direct_uploads WHERE profile = 'photos' AND owner = 'owner 7' AND stored_bytes IS NOT NULL " +
            "AND (quota_ends_at IS NULL OR quota_ends_at > '2026-03-01T12:00:00.0000000Z')",
            "ix_direct_uploads_stored"),
        ("what an owner has created lately",
            "SELECT id FROM direct_uploads WHERE owner = 'owner 7' AND id >= '019c9a00000000000000000000000000' AND created_at > " +
            "'2026-03-01T12:00:00.0000000Z' ORDER BY id DESC LIMIT 300",
            "ix_direct_uploads_owner"),
        ("what has retired",
            "SELECT id FROM direct_uploads WHERE purge_at IS NOT NULL AND purge_at <= '2026-03-01T12:00:00.0000000Z' ORDER BY " +
            "purge_at LIMIT 100",
            "ix_direct_uploads_purge"),
    ];

    [Fact]
    public async Task Queries_Sqlite_UseTheirIndexes()
    {
        var file = new SqliteFile();
        await using (var provider = await FillAsync(o => o.UseSqlite(file.ConnectionString)))
        {
            foreach (var (question, sql, index) in Queries)
                (await ExplainAsync(provider, $"EXPLAIN QUERY PLAN {sql}", column: 3)).Should().Contain($"INDEX {index}", question)
                    .And.NotContain("SCAN", question);
        }

        file.Delete();
    }

    [Fact]
    public async Task Queries_PostgreSql_UseTheirIndexes()
    {
        var database = PostgresDatabase.Require();
        await using (var provider = await FillAsync(o => o.UseNpgsql(database.ConnectionString)))
        {
            await ExplainAsync(provider, "ANALYZE direct_uploads", column: 0);
            foreach (var (question, sql, index) in Queries)
                (await ExplainAsync(provider, $"EXPLAIN {sql}", column: 0)).Should().Contain(index, question).And.NotContain(
                    "Seq Scan", question);
        }

        await database.DropAsync();
    }

    private static async Task<ServiceProvider> FillAsync(Action<DbContextOptionsBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddDirectUploads().UseEntityFrameworkCore(configure);
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IUploadRecordStore>().FindAsync(UploadId.Create(TestData.Start)); // the table is there then
        await using var context = await provider.GetRequiredService<IDbContextFactory<DirectUploadDbContext>>().CreateDbContextAsync();
        for (var number = 0; number < Records; number++)
        {
            context.Add((TestData.CreateRecord($"owner {number % 100}") with
            {
                Status = number % 50 == 0 ? UploadStatus.Requested : UploadStatus.Ready,
                NextActionAt = number % 50 == 0 ? TestData.Start.AddMinutes(number) : null,
                NotifyAt = number % 50 == 2 ? TestData.Start.AddMinutes(number) : null,
                PurgeAt = number % 100 == 1 ? TestData.Start.AddMinutes(number) : null,
            }).ToRow());
        }

        await context.SaveChangesAsync();
        return provider;
    }

    private static async Task<string> ExplainAsync(ServiceProvider provider, string sql, int column)
    {
        await using var context = await provider.GetRequiredService<IDbContextFactory<DirectUploadDbContext>>().CreateDbContextAsync();
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(column));
        return string.Join('\n', lines);
    }
}
