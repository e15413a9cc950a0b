using System.Data.Common;
using DirectUpload.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class LeaseDuringReplacementTests
{
    private static readonly DateTimeOffset Now = TestData.CreateRecord().CreatedAt.AddHours(1);

    [Fact]
    public async Task Lease_IdReusedByUndueRecord_LeavesIt()
    {
        var others = new ReplacingBeforeUpdate("UPDATE direct_uploads SET next_action_at = '2999-01-01T00:00:00.0000000Z'");
        await using var subject = await OpenAsync(others);
        await AddDueAsync(subject);
        others.IsEnabled = true;

        (await subject.Store.LeaseDueAsync(Now, Now.AddHours(1), 10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Lease_IdReusedByDueRecord_ReturnsThatRecord()
    {
        var others = new ReplacingBeforeUpdate("UPDATE direct_uploads SET file_name = 'second.txt'");
        await using var subject = await OpenAsync(others);
        var record = await AddDueAsync(subject);
        others.IsEnabled = true;

        var leased = await subject.Store.LeaseDueAsync(Now, Now.AddHours(1), 10);

        leased.Should().ContainSingle().Which.FileName.Should().Be("second.txt");
        (await subject.Store.FindAsync(record.Id)).Should().BeEquivalentTo(leased[0]);
    }

    private static async Task<UploadRecord> AddDueAsync(EntityFrameworkStoreUnderTest subject) =>
        await subject.Store.AddAsync(TestData.CreateRecord() with { NextActionAt = Now });

    private static async Task<EntityFrameworkStoreUnderTest> OpenAsync(ReplacingBeforeUpdate others)
    {
        var file = new SqliteFile();
        others.ConnectionString = file.ConnectionString;
        return await EntityFrameworkStoreUnderTest.OpenAsync(
            options => options.UseSqlite(file.ConnectionString).ReplaceService<IDatabaseProvider, UnnamedProvider>()
                .AddInterceptors(others),
            () =>
            {
                file.Delete();
                return ValueTask.CompletedTask;
            });
    }

    /// <summary>Lets another writer reuse the id, after the due records were read and before the first of them is leased.</summary>
    private sealed class ReplacingBeforeUpdate(string replacement) : DbTransactionInterceptor
    {
        public string ConnectionString { get; set; } = "";

        public bool IsEnabled { get; set; }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            if (!IsEnabled)
                return result;
            await using var other = new SqliteConnection(ConnectionString);
            await other.OpenAsync(cancellationToken);
            await using var command = other.CreateCommand();
            command.CommandText = replacement;
            await command.ExecuteNonQueryAsync(cancellationToken);
            return result;
        }
    }
}
