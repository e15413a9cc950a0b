using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>A context with nothing but the upload records, for applications that keep them apart from their own tables.</summary>
/// <param name="options">Which database.</param>
public sealed class DirectUploadDbContext(DbContextOptions<DirectUploadDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.UseDirectUploads();
}
