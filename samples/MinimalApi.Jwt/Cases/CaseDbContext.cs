using Microsoft.EntityFrameworkCore;

namespace MinimalApiJwt.Cases;

/// <summary>The cases and the upload records.</summary>
internal sealed class CaseDbContext(DbContextOptions<CaseDbContext> options) : DbContext(options)
{
    public DbSet<Case> Cases => Set<Case>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseDirectUploads();
}
