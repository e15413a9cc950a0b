using DirectUpload.EntityFrameworkCore.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>The contract on a database whose own SQL we don't know, where writers really are at it at once.</summary>
public sealed class UnknownProviderStoreSuite : RecordStoreSuite
{
    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var database = PostgresDatabase.Require();
        var subject = await EntityFrameworkStoreUnderTest.OpenAsync(
            o => o.UseNpgsql(database.ConnectionString).ReplaceService<IDatabaseProvider, UnnamedProvider>(), database.DropAsync);
        subject.Store.Should().BeOfType<EntityFrameworkUploadRecordStore<DirectUploadDbContext>>();
        return subject;
    }
}
