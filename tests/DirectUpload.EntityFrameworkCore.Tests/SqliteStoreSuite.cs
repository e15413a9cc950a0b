using DirectUpload.EntityFrameworkCore.Records;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class SqliteStoreSuite : RecordStoreSuite
{
    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var file = new SqliteFile();
        var subject = await EntityFrameworkStoreUnderTest.OpenAsync(o => o.UseSqlite(file.ConnectionString), () =>
        {
            file.Delete();
            return default;
        });
        subject.Store.Should().BeOfType<EntityFrameworkUploadRecordStore<DirectUploadDbContext>>();
        return subject;
    }
}
