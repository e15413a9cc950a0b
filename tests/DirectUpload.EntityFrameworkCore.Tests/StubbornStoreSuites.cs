namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>The contract, in an application's context that would rather have it otherwise.</summary>
public sealed class SqliteStubbornStoreSuite : RecordStoreSuite
{
    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var subject = await StubbornContext.OnSqliteAsync();
        subject.Store.Should().BeOfType<EntityFrameworkUploadRecordStore<StubbornContext>>();
        return subject;
    }
}

/// <summary>The same where writers really are at it at once.</summary>
public sealed class PostgresStubbornStoreSuite : RecordStoreSuite
{
    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var subject = await StubbornContext.OnPostgresAsync();
        subject.Store.Should().BeOfType<EntityFrameworkUploadRecordStore<StubbornContext>>();
        return subject;
    }
}
