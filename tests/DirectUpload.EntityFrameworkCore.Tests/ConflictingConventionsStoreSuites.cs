using DirectUpload.EntityFrameworkCore.Records;
namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>The contract, in an application's context that would rather have it otherwise.</summary>
public sealed class SqliteConflictingConventionsStoreSuite : RecordStoreSuite
{
    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var subject = await ConflictingConventionsContext.OpenSqliteAsync();
        subject.Store.Should().BeOfType<EntityFrameworkUploadRecordStore<ConflictingConventionsContext>>();
        return subject;
    }
}

/// <summary>The same where writers really are at it at once.</summary>
public sealed class PostgresConflictingConventionsStoreSuite : RecordStoreSuite
{
    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var subject = await ConflictingConventionsContext.OpenPostgresAsync();
        subject.Store.Should().BeOfType<EntityFrameworkUploadRecordStore<ConflictingConventionsContext>>();
        return subject;
    }
}
