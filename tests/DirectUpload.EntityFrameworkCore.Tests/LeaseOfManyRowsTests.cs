using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>On a database whose own SQL is unknown, a lease of many rows ends within the time limit of a store call.</summary>
public sealed class LeaseOfManyRowsTests
{
    private static readonly DateTimeOffset Now = TestData.CreateRecord().CreatedAt.AddHours(1);

    [Fact]
    public async Task Lease_ManyRows_SharesTransactions()
    {
        var transactions = new TransactionCounter();
        var file = new SqliteFile();
        await using var subject = await EntityFrameworkStoreUnderTest.OpenAsync(
            options => options.UseSqlite(file.ConnectionString).ReplaceService<IDatabaseProvider, UnnamedProvider>()
                .AddInterceptors(transactions),
            () =>
            {
                file.Delete();
                return ValueTask.CompletedTask;
            });
        for (var at = 0; at < 250; at++)
            await subject.Store.AddAsync(TestData.CreateRecord() with { NextActionAt = Now.AddMinutes(-at) });
        var before = transactions.Count;

        var leased = await subject.Store.LeaseDueAsync(Now, Now.AddHours(1), 250);

        leased.Select(record => record.Id).Distinct().Should().HaveCount(250);
        (transactions.Count - before).Should().Be(3);
        (await subject.Store.LeaseDueAsync(Now, Now.AddHours(1), 250)).Should().BeEmpty();
    }

    private sealed class TransactionCounter : DbTransactionInterceptor
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _count);
            return new(result);
        }
    }
}
