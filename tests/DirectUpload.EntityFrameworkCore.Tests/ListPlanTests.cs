using System.Globalization;
using DirectUpload.EntityFrameworkCore.Records;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>Each list that the store reads comes from its index, in the index's order.</summary>
/// <remarks>
/// The records are uneven, as those of applications are: most are ready, and one entity has half of them, so that a planner that takes
/// columns for independent expects many rows where there are few.
/// </remarks>
public sealed class ListPlanTests
{
    private const int Records = 4000;

    private static readonly UploadId Before = UploadId.Create(TestData.Start.AddMinutes(Records / 2));
    private static readonly DateTimeOffset From = TestData.Start.AddMinutes(10);

    private static readonly (string List, UploadFilter Filter, string Index)[] Lists =
    [
        ("an owner", UploadFilter.ForOwner("owner 7"), "ix_direct_uploads_owner"),
        ("no owner", UploadFilter.ForOwner(null), "ix_direct_uploads_owner"),
        ("an owner, next page", UploadFilter.ForOwner("owner 7") with { Before = Before }, "ix_direct_uploads_owner"),
        ("an owner's ready", UploadFilter.ForOwner("owner 7") with { Status = UploadStatus.Ready }, "ix_direct_uploads_owner"),
        ("an owner's failed", UploadFilter.ForOwner("owner 7") with { Status = UploadStatus.Failed }, "ix_direct_uploads_owner"),
        ("an owner's ready, next page",
            UploadFilter.ForOwner("owner 7") with { Status = UploadStatus.Ready, Before = Before }, "ix_direct_uploads_owner"),
        ("an owner's of a time",
            UploadFilter.ForOwner("owner 7") with { CreatedFrom = From, CreatedBefore = From.AddHours(1) }, "ix_direct_uploads_owner"),
        ("an association", UploadFilter.ForAssociation("user", "7"), "ix_direct_uploads_association"),
        ("a large association", UploadFilter.ForAssociation("tenant", "1"), "ix_direct_uploads_association"),
        ("a small association with a frequent id", UploadFilter.ForAssociation("user", "1"), "ix_direct_uploads_association"),
        ("a large association, next page", UploadFilter.ForAssociation("tenant", "1") with { Before = Before },
            "ix_direct_uploads_association"),
        ("an association and kind", UploadFilter.ForAssociation("user", "7", "avatar"), "ix_direct_uploads_association"),
        ("a rare kind of a large association", UploadFilter.ForAssociation("tenant", "1", "logo"), "ix_direct_uploads_association"),
        ("a kind that is only elsewhere", UploadFilter.ForAssociation("tenant", "1", "avatar"), "ix_direct_uploads_association"),
        ("an association's ready",
            UploadFilter.ForAssociation("user", "7") with { Status = UploadStatus.Ready }, "ix_direct_uploads_association"),
        ("an association's failed, next page",
            UploadFilter.ForAssociation("user", "7", "avatar") with { Status = UploadStatus.Failed, Before = Before },
            "ix_direct_uploads_association"),
        ("an association's of a time",
            UploadFilter.ForAssociation("user", "7") with { CreatedFrom = From, CreatedBefore = From.AddHours(1) },
            "ix_direct_uploads_association"),
        ("an association of an owner",
            UploadFilter.ForOwner("owner 7") with { Association = new("user", "7") }, "ix_direct_uploads_association"),
        ("an association and kind of an owner, next page",
            UploadFilter.ForOwner("owner 7") with { Association = new("user", "7", "avatar"), Before = Before },
            "ix_direct_uploads_association"),
        ("an association without an owner, next page",
            UploadFilter.ForOwner(null) with { Association = new("user", "7", "avatar"), Before = Before },
            "ix_direct_uploads_association"),
        ("an association of an owner, ready",
            UploadFilter.ForOwner("owner 7") with { Association = new("user", "7"), Status = UploadStatus.Ready, Before = Before },
            "ix_direct_uploads_association"),
        ("an association without an owner",
            UploadFilter.ForOwner(null) with { Association = new("user", "7") }, "ix_direct_uploads_association"),
    ];

    private static readonly (string List, UploadFilter? Filter, string Index)[] FullLists =
    [
        ("all", null, "PK_direct_uploads"),
        ("a rare status", UploadFilter.ForAll() with { Status = UploadStatus.Failed }, "ix_direct_uploads_status"),
        ("a rare status, from a time",
            UploadFilter.ForAll() with { Status = UploadStatus.Failed, CreatedFrom = From }, "ix_direct_uploads_status"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lists_Sqlite_UseTheirIndexes(bool hasStatistics)
    {
        var file = new SqliteFile();
        await using (var database = await FillAsync(o => o.UseSqlite(file.ConnectionString)))
        {
            if (hasStatistics)
                await database.ExecuteAsync("ANALYZE");
            foreach (var (list, index, plan) in await database.ExplainAsync("EXPLAIN QUERY PLAN"))
                plan.Should().ContainAny(
                    [$"USING INDEX {index} ", $"{index.Replace("PK_", "sqlite_autoindex_", StringComparison.Ordinal)}_1 "], list)
                    .And.NotContainAny(["SCAN", "TEMP B-TREE"], list);
        }

        file.Delete();
    }

    [Fact]
    public async Task Lists_PostgreSql_UseTheirIndexes()
    {
        var database = PostgresDatabase.Require();
        await using (var store = await FillAsync(o => o.UseNpgsql(database.ConnectionString)))
        {
            await store.ExecuteAsync("ANALYZE direct_uploads");
            foreach (var (list, index, plan) in await store.ExplainAsync("EXPLAIN"))
                plan.Should().ContainAny(IsExpectedDense(list) ? [index, "Backward using \"PK_direct_uploads\""] : [index], list)
                    .And.NotContain("Seq Scan", list).And.NotMatchRegex(@"Sort +\(.* rows=\d{3,} ", $"it sorts more than a page: {list}");
        }

        await database.DropAsync();
    }

    // PostgreSQL expects so many of the newest records to match that it reads these until it has a page. For a type and an id that are
    // frequent each, but not together, it is mistaken, because it takes columns for independent.
    private static bool IsExpectedDense(string list) => list.StartsWith("no owner", StringComparison.Ordinal)
        || list.StartsWith("a small association with a frequent id", StringComparison.Ordinal)
        || (list.Contains("large association", StringComparison.Ordinal) && !list.StartsWith("a rare kind", StringComparison.Ordinal));

    private static async Task<Database> FillAsync(Action<DbContextOptionsBuilder> configure)
    {
        var database = new Database(configure);
        await database.Store.FindAsync(UploadId.Create(TestData.Start)); // the table is there then
        await using var context = await database.CreateContextAsync();
        for (var number = 0; number < Records; number++)
        {
            var created = TestData.Start.AddMinutes(number);
            context.Add((TestData.CreateRecord(number % 5 == 0 ? null : $"owner {number % 100}") with
            {
                Id = UploadId.Create(created),
                CreatedAt = created,
                Status = number % 200 == 7 ? UploadStatus.Failed : UploadStatus.Ready,
                Association = CreateAssociation(number),
            }).ToRow());
        }

        await context.SaveChangesAsync();
        return database;
    }

    private static UploadAssociation? CreateAssociation(int number) => (number % 10) switch
    {
        < 5 => new("tenant", "1", number < 10 ? "logo" : "document"),
        < 8 => new("user", (number % 500).ToString(CultureInfo.InvariantCulture), number % 2 == 0 ? "avatar" : null),
        _ => null,
    };

    private sealed class Database : IAsyncDisposable
    {
        private readonly StatementRecorder _statements = new();
        private readonly ServiceProvider _provider;

        public Database(Action<DbContextOptionsBuilder> configure)
        {
            var services = new ServiceCollection();
            services.AddDirectUploads().UseEntityFrameworkCore(options =>
            {
                configure(options);
                options.AddInterceptors(_statements);
            });
            _provider = services.BuildServiceProvider();
        }

        public IUploadRecordStore Store => _provider.GetRequiredService<IUploadRecordStore>();

        public Task<DirectUploadDbContext> CreateContextAsync() =>
            _provider.GetRequiredService<IDbContextFactory<DirectUploadDbContext>>().CreateDbContextAsync();

        public async Task ExecuteAsync(string sql)
        {
            await using var context = await CreateContextAsync();
            await context.Database.ExecuteSqlRawAsync(sql);
        }

        /// <summary>Reads each list, and asks the database for the plan of each statement that the store sent for it.</summary>
        public async Task<List<(string List, string Index, string Plan)>> ExplainAsync(string explain)
        {
            var plans = new List<(string, string, string)>();
            foreach (var (list, filter, index) in Lists)
                await ExplainAsync(list, index, async () => await Store.ListAsync(filter, 20));
            foreach (var (list, filter, index) in FullLists)
                await ExplainAsync(list, index, async () => await Store.ListAllAsync(filter).CountAsync());
            return plans;

            async Task ExplainAsync(string list, string index, Func<Task> read)
            {
                _statements.Queries.Clear();
                await read();
                _statements.Queries.Should().NotBeEmpty(list);
                foreach (var (sql, parameters) in _statements.Queries.ToArray())
                    plans.Add(($"{list}: {sql}", index, await this.ExplainAsync(explain, sql, parameters)));
            }
        }

        public async ValueTask DisposeAsync() => await _provider.DisposeAsync();

        private async Task<string> ExplainAsync(string explain, string sql, (string Name, object? Value)[] parameters)
        {
            await using var context = await CreateContextAsync();
            await context.Database.OpenConnectionAsync();
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"{explain} {sql}";
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                lines.Add(reader.GetString(reader.FieldCount - 1));
            return string.Join('\n', lines);
        }
    }
}
