using DirectUpload.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Puts the table of upload records into a model.</summary>
public static class DirectUploadModelBuilderExtensions
{
    private static readonly string[] Compared =
    [
        nameof(UploadRow.Id), nameof(UploadRow.Profile), nameof(UploadRow.Owner), nameof(UploadRow.DueAt), nameof(UploadRow.RetireAt), nameof(UploadRow.QuotaEndsAt),
        nameof(UploadRow.CreatedAt), nameof(UploadRow.NotifyAt), nameof(UploadRow.NotifyUntil),
    ];

    /// <summary>
    /// Adds the table <c>direct_uploads</c> to the model of the application's own context; call it in <c>OnModelCreating</c>, then add a migration.
    /// </summary>
    /// <param name="builder">The model.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="schema">The table's schema; null takes the model's own.</param>
    /// <param name="collation">
    /// The collation of what is compared (id, profile, owner, times): one that compares bytes, for a language's own order or its blindness to case would mix up records. Null takes
    /// <c>C</c> on PostgreSQL, <c>Latin1_General_100_BIN2_UTF8</c> on SQL Server, and the default elsewhere, which on SQLite does compare bytes.
    /// </param>
    /// <returns>The model.</returns>
    public static ModelBuilder UseDirectUploads(this ModelBuilder builder, string table = "direct_uploads", string? schema = null, string? collation = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(table);
        collation ??= ByteOrder(builder);
        builder.Entity<UploadRow>(row =>
        {
            row.ToTable(table, schema);
            row.HasKey(it => it.Id);
            foreach (var property in row.Metadata.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
                // What the application's context has decided for all texts and numbers is not for these.
                property.SetValueConverter((ValueConverter?)null);
                property.SetProviderClrType(null);
                property.SetMaxLength(null);
                property.SetIsUnicode(null);
                property.SetCollation(null);
            }

            row.Property(it => it.Id).HasMaxLength(32);
            if (collation is not null)
            {
                foreach (var compared in Compared)
                    row.Property(compared).UseCollation(collation);
            }

            row.Property(it => it.Version).IsConcurrencyToken();

            // One for each question that is asked of many records; those that only some rows answer hold only those.
            row.HasIndex(it => new { it.DueAt, it.Id }, $"ix_{table}_due").HasFilter("due_at IS NOT NULL");
            row.HasIndex(it => new { it.NotifyAt, it.Id }, $"ix_{table}_notify").HasFilter("notify_at IS NOT NULL");
            row.HasIndex(it => new { it.Owner, it.Id }, $"ix_{table}_owner");
            row.HasIndex(it => new { it.Profile, it.Owner, it.PendingSize, it.QuotaEndsAt }, $"ix_{table}_pending").HasFilter("pending_size IS NOT NULL");
            row.HasIndex(it => new { it.Profile, it.Owner, it.HeldSize, it.QuotaEndsAt }, $"ix_{table}_held").HasFilter("held_size IS NOT NULL");
            row.HasIndex(it => it.RetireAt, $"ix_{table}_retire").HasFilter("retire_at IS NOT NULL");
        });
        return builder;
    }

    // A model being built does not say for which database, but every provider has left its mark on it by then.
    private static string? ByteOrder(ModelBuilder builder)
    {
        var marks = builder.Model.GetAnnotations().Select(mark => mark.Name).ToList();
        if (marks.Exists(mark => mark.StartsWith("Npgsql:", StringComparison.Ordinal)))
            return "C";
        return marks.Exists(mark => mark.StartsWith("SqlServer:", StringComparison.Ordinal)) ? "Latin1_General_100_BIN2_UTF8" : null;
    }

    private static string SnakeCase(string name) => name switch
    {
        nameof(UploadRow.ETag) => "etag",
        nameof(UploadRow.ChecksumSha256) => "checksum_sha256",
        _ => string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}")),
    };
}
