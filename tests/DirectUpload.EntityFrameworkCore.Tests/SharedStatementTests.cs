using System.Transactions;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>Concurrent calls share statements, unless what one caller does could change the call of another.</summary>
public sealed class SharedStatementTests
{
    private const int Calls = 200;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task AddAsync_Concurrently_SharesStatements(string database)
    {
        var inserts = 0;
        await using var subject = await OpenAsync(database, options => options.LogTo(
            text =>
            {
                if (text.Contains("Executed DbCommand", StringComparison.Ordinal) && text.Contains("INSERT INTO", StringComparison.Ordinal))
                    Interlocked.Increment(ref inserts);
            }));

        var records = await AddConcurrentlyAsync(subject.Store);

        inserts.Should().BeLessThan(Calls, "a statement that is shared is not logged");
        foreach (var record in records)
            (await subject.Store.FindAsync(record.Id, Ending)).Should().BeEquivalentTo(record);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task AddAsync_WithInterceptor_InterceptsEachStatement(string database)
    {
        var statements = new StatementRecorder();
        await using var subject = await OpenAsync(database, options => options.AddInterceptors(statements));

        await AddConcurrentlyAsync(subject.Store);

        statements.Writes.Where(text => text.StartsWith("INSERT INTO", StringComparison.Ordinal)).Should().HaveCount(Calls);
    }

    /// <summary>The records of other callers must not be rolled back with the transaction of one.</summary>
    [Fact]
    public async Task AddAsync_InAmbientTransaction_IsRolledBackAlone()
    {
        await using var subject = await OpenAsync("postgres", static _ => { });
        var rolledBack = TestData.CreateRecord();
        Task<UploadRecord[]> others;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            Task<UploadRecord> added;
            // The first of all calls, so that a queue would run the others after it, in its execution context.
            added = subject.Store.AddAsync(rolledBack, Ending).AsTask();
            using (ExecutionContext.SuppressFlow())
                others = Task.Run(() => AddConcurrentlyAsync(subject.Store));
            await added;
            await others;
        }

        (await subject.Store.FindAsync(rolledBack.Id, Ending)).Should().BeNull();
        foreach (var record in await others)
            (await subject.Store.FindAsync(record.Id, Ending)).Should().NotBeNull();
    }

    private static async Task<EntityFrameworkStoreUnderTest> OpenAsync(string database, Action<DbContextOptionsBuilder> configure)
    {
        EntityFrameworkStoreUnderTest subject;
        if (database == "postgres")
        {
            var postgres = PostgresDatabase.Require();
            subject = await EntityFrameworkStoreUnderTest.OpenAsync(
                options => configure(options.UseNpgsql(postgres.ConnectionString)), postgres.DropAsync);
        }
        else
        {
            var file = new SqliteFile();
            subject = await EntityFrameworkStoreUnderTest.OpenAsync(
                options => configure(options.UseSqlite(file.ConnectionString)),
                () =>
                {
                    file.Delete();
                    return ValueTask.CompletedTask;
                });
        }

        // The first call creates the table.
        await subject.Store.FindAsync(UploadId.Create(TestData.Start), Ending);
        return subject;
    }

    private static Task<UploadRecord[]> AddConcurrentlyAsync(IUploadRecordStore store) => Task.WhenAll(
        Enumerable.Range(0, Calls).Select(_ => Task.Run(() => store.AddAsync(TestData.CreateRecord(), Ending).AsTask())));
}
