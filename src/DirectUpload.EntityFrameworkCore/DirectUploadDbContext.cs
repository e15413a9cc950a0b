using Microsoft.EntityFrameworkCore;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>
/// Represents a database context with only the upload records, for applications that keep them apart from their own tables.
/// </summary>
/// <param name="options">The context's options.</param>
public sealed class DirectUploadDbContext(DbContextOptions<DirectUploadDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.UseDirectUploads();
}
