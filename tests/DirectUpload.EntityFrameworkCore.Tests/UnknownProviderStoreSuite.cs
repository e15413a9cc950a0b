using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>The contract on a database whose own SQL we don't know, where writers really are at it at once.</summary>
public sealed class UnknownProviderStoreSuite : RecordStoreSuite
{
    protected override async ValueTask<IStoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var database = PostgresDatabase.Require();
        var subject = await Subject.OpenAsync(o => o.UseNpgsql(database.ConnectionString).ReplaceService<IDatabaseProvider, Nameless>(), database.DropAsync);
        subject.Store.Should().BeOfType<EntityFrameworkUploadRecordStore<DirectUploadDbContext>>();
        return subject;
    }

    private sealed class Nameless : IDatabaseProvider
    {
        public string Name => "Nobody.Knows.It";

        public string? Version => null;

        public bool IsConfigured(IDbContextOptions options) => true;
    }
}
