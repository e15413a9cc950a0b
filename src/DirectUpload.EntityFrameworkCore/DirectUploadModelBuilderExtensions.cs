using DirectUpload.EntityFrameworkCore;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Puts the table of upload records into a model.</summary>
public static class DirectUploadModelBuilderExtensions
{
    private static readonly string[] Compared =
    [
        nameof(UploadRow.Id), nameof(UploadRow.Profile), nameof(UploadRow.Owner), nameof(UploadRow.DueAt), nameof(UploadRow.RetireAt),
    ];

    /// <summary>
    /// Adds the table <c>direct_uploads</c> to the model of the application's own context; call it in <c>OnModelCreating</c>, then add a migration.
    /// </summary>
    /// <param name="builder">The model.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="schema">The table's schema; null takes the model's own.</param>
    /// <param name="collation">
    /// The collation of what is compared (id, profile, owner, times). Needed where the database's own takes upper for lower case: for SQL Server name
    /// <c>Latin1_General_100_BIN2_UTF8</c>. PostgreSQL and SQLite need none.
    /// </param>
    /// <returns>The model.</returns>
    public static ModelBuilder UseDirectUploads(this ModelBuilder builder, string table = "direct_uploads", string? schema = null, string? collation = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(table);
        builder.Entity<UploadRow>(row =>
        {
            row.ToTable(table, schema);
            row.HasKey(it => it.Id);
            foreach (var property in row.Metadata.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));

            row.Property(it => it.Id).HasMaxLength(32);
            if (collation is not null)
            {
                foreach (var compared in Compared)
                    row.Property(compared).UseCollation(collation);
            }

            row.Property(it => it.Version).IsConcurrencyToken();

            // One for each question that is asked of many records; those that only some rows answer hold only those.
            row.HasIndex(it => new { it.DueAt, it.Id }, $"ix_{table}_due").HasFilter("due_at IS NOT NULL");
            row.HasIndex(it => new { it.Owner, it.Id }, $"ix_{table}_owner");
            row.HasIndex(it => new { it.Profile, it.Owner, it.PendingSize }, $"ix_{table}_pending").HasFilter("pending_size IS NOT NULL");
            row.HasIndex(it => it.RetireAt, $"ix_{table}_retire").HasFilter("retire_at IS NOT NULL");
        });
        return builder;
    }

    private static string SnakeCase(string name) => name switch
    {
        nameof(UploadRow.ETag) => "etag",
        nameof(UploadRow.ChecksumSha256) => "checksum_sha256",
        _ => string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}")),
    };
}
