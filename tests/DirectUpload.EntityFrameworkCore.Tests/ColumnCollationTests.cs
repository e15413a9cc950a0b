using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class ColumnCollationTests
{
    [Fact]
    public void CreateScript_PostgreSql_ComparesTextByBytes()
    {
        using var context = new Shop(new DbContextOptionsBuilder<Shop>().UseNpgsql("Host=nowhere").Options);
        var script = context.Database.GenerateCreateScript();

        foreach (var column in new[] { "id", "owner", "profile", "next_action_at", "purge_at" })
            script.Should().MatchRegex($"\n    {column} [a-z0-9() ]+COLLATE \"C\"");
    }

    [Fact]
    public void CreateScript_Sqlite_KeepsTheDefaultCollation()
    {
        using var context = new Shop(new DbContextOptionsBuilder<Shop>().UseSqlite("Data Source=:memory:").Options);
        context.Database.GenerateCreateScript().Should().NotContain("COLLATE");
    }

    private sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseDirectUploads();
    }
}
