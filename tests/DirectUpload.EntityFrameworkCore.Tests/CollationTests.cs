using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class CollationTests
{
    [Fact]
    public void On_PostgreSQL_what_is_compared_is_compared_by_its_bytes()
    {
        using var context = new Shop(new DbContextOptionsBuilder<Shop>().UseNpgsql("Host=nowhere").Options);
        var script = context.Database.GenerateCreateScript();

        foreach (var column in new[] { "id", "owner", "profile", "due_at", "retire_at" })
            script.Should().MatchRegex($"\n    {column} [a-z0-9() ]+COLLATE \"C\"");
    }

    [Fact]
    public void On_SQLite_it_is_anyway()
    {
        using var context = new Shop(new DbContextOptionsBuilder<Shop>().UseSqlite("Data Source=:memory:").Options);
        context.Database.GenerateCreateScript().Should().NotContain("COLLATE");
    }

    private sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseDirectUploads();
    }
}
