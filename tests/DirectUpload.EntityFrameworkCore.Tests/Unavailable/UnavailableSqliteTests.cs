using System.Diagnostics;
using DirectUpload.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests.Unavailable;

public sealed class UnavailableSqliteTests
{
    [Fact]
    public async Task Writes_DatabaseLocked_AreUnavailable()
    {
        var file = new SqliteFile();
        var subject = await EntityFrameworkStoreUnderTest.OpenAsync(o => o.UseSqlite(file.ConnectionString), Delete(file));
        var known = await subject.Store.AddAsync(TestData.CreateRecord());
        await using (var other = new SqliteConnection(file.ConnectionString))
        {
            await other.OpenAsync();
            await ExecuteAsync(other, "BEGIN EXCLUSIVE");
            var since = Stopwatch.StartNew();
            await FluentActions.Awaiting(() => subject.Store.AddAsync(TestData.CreateRecord()).AsTask())
                .Should().ThrowAsync<RecordStoreUnavailableException>();
            since.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(28), "one wait for the lock, not several");
            await StoreAssert.IsUnavailableAsync(subject.Store, known, readsWork: true);
            await ExecuteAsync(other, "ROLLBACK");
        }

        // Not the record from before: a write that was given up may still have been done when the lock went.
        (await subject.Store.AddAsync(TestData.CreateRecord())).Version.Should().Be(1, "the lock is gone");
        await subject.DisposeAsync();
    }

    [Fact]
    public async Task Adds_DiskFull_AreUnavailable()
    {
        var file = new SqliteFile();
        // The engine's own limit of pages fails as a full disk does: SQLITE_FULL.
        var subject = await EntityFrameworkStoreUnderTest.OpenAsync(
            o => o.UseSqlite(file.ConnectionString).AddInterceptors(new FullDiskInterceptor()), Delete(file));
        var full = false;
        for (var tries = 0; tries < 2000 && !full; tries++)
        {
            try
            {
                await subject.Store.AddAsync(TestData.CreateRecord());
            }
            catch (RecordStoreUnavailableException unavailable)
            {
                full = true;
                unavailable.Message.Should().Contain("full");
            }
        }

        full.Should().BeTrue();
        await subject.DisposeAsync();
    }

    [Fact]
    public async Task Writes_ReadOnlyDatabase_AreUnavailable()
    {
        var file = new SqliteFile();
        var subject = await EntityFrameworkStoreUnderTest.OpenAsync(
            o => o.UseSqlite(file.ConnectionString).AddInterceptors(new PragmaInterceptor("PRAGMA query_only=0")), Delete(file));
        var known = await subject.Store.AddAsync(TestData.CreateRecord());
        var readOnly = await EntityFrameworkStoreUnderTest.OpenAsync(
            o => o.UseSqlite($"{file.ConnectionString};Mode=ReadOnly;Pooling=False")
                .AddInterceptors(new PragmaInterceptor("PRAGMA query_only=1")),
            () => default);

        await FluentActions.Awaiting(() => readOnly.Store.TryUpdateAsync(known with { Attempts = 1 }).AsTask())
            .Should().ThrowAsync<RecordStoreUnavailableException>();

        await readOnly.DisposeAsync();
        await subject.DisposeAsync();
    }

    [Fact]
    public async Task Add_DuplicateId_ThrowsInvalidOperation()
    {
        var file = new SqliteFile();
        var subject = await EntityFrameworkStoreUnderTest.OpenAsync(o => o.UseSqlite(file.ConnectionString), Delete(file));
        var known = await subject.Store.AddAsync(TestData.CreateRecord());

        await FluentActions.Awaiting(() => subject.Store.AddAsync(known).AsTask()).Should().ThrowExactlyAsync<InvalidOperationException>();

        await subject.DisposeAsync();
    }

    private static Func<ValueTask> Delete(SqliteFile file) => () =>
    {
        file.Delete();
        return default;
    };

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class FullDiskInterceptor() : PragmaInterceptor("PRAGMA max_page_count=40");

    private class PragmaInterceptor(string sql) : Microsoft.EntityFrameworkCore.Diagnostics.DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(
            System.Data.Common.DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default) =>
            await ExecuteAsync((SqliteConnection)connection, sql);
    }
}
