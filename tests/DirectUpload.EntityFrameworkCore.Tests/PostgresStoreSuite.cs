using DirectUpload.EntityFrameworkCore.Records;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class PostgresStoreSuite : RecordStoreSuite
{
    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var database = PostgresDatabase.Require();
        var subject = await EntityFrameworkStoreUnderTest.OpenAsync(o => o.UseNpgsql(database.ConnectionString), database.DropAsync);
        subject.Store.Should().BeOfType<EntityFrameworkUploadRecordStore<DirectUploadDbContext>>();
        return subject;
    }
}
