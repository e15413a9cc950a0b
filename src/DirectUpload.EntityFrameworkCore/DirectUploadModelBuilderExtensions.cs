using DirectUpload.EntityFrameworkCore;
using DirectUpload.EntityFrameworkCore.Records;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Provides an extension method that adds the table of upload records to a model.</summary>
public static class DirectUploadModelBuilderExtensions
{
    private static readonly string[] ComparedProperties =
    [
        nameof(UploadRow.Id), nameof(UploadRow.Profile), nameof(UploadRow.Owner), nameof(UploadRow.NextActionAt),
        nameof(UploadRow.PurgeAt), nameof(UploadRow.QuotaEndsAt),
        nameof(UploadRow.CreatedAt), nameof(UploadRow.NotifyAt), nameof(UploadRow.NotifyUntil), nameof(UploadRow.AssociationType),
        nameof(UploadRow.AssociationId), nameof(UploadRow.AssociationKind),
    ];

    /// <summary>Adds the table of upload records to the model of the application's context.</summary>
    /// <remarks>Call the method in <c>OnModelCreating</c>, then add a migration.</remarks>
    /// <param name="builder">The model builder.</param>
    /// <param name="table">The table's name. The default is <c>direct_uploads</c>.</param>
    /// <param name="schema">The table's schema; null uses the model's default.</param>
    /// <param name="collation">
    /// The collation of compared columns (id, profile, owner, times). It must compare bytes: a linguistic or case-insensitive collation
    /// confuses records. Null uses <c>C</c> on PostgreSQL, <c>Latin1_General_100_BIN2_UTF8</c> on SQL Server, and otherwise the database's
    /// default, which compares bytes on SQLite.
    /// </param>
    /// <returns>The model builder.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="builder"/> or <paramref name="table"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="table"/> is empty.</exception>
    public static ModelBuilder UseDirectUploads(
        this ModelBuilder builder, string table = "direct_uploads", string? schema = null, string? collation = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(table);
        collation ??= GetByteOrderCollation(builder);
        builder.Entity<UploadRow>(row =>
        {
            row.ToTable(table, schema);
            row.HasKey(it => it.Id);
            foreach (var property in row.Metadata.GetProperties())
            {
                property.SetColumnName(ToSnakeCase(property.Name));
                // The context's conventions for strings and numbers do not apply to these columns.
                property.SetValueConverter((ValueConverter?)null);
                property.SetProviderClrType(null);
                property.SetMaxLength(null);
                property.SetIsUnicode(null);
                property.SetCollation(null);
            }

            row.Property(it => it.Id).HasMaxLength(32);
            if (collation is not null)
            {
                foreach (var compared in ComparedProperties)
                    row.Property(compared).UseCollation(collation);
            }

            row.Property(it => it.Version).IsConcurrencyToken();

            // One index for each query; filtered where only some rows match.
            row.HasIndex(it => new { it.NextActionAt, it.Id }, $"ix_{table}_next_action").HasFilter("next_action_at IS NOT NULL");
            row.HasIndex(it => new { it.NotifyAt, it.Id }, $"ix_{table}_notify").HasFilter("notify_at IS NOT NULL");
            row.HasIndex(it => new { it.Owner, it.Id }, $"ix_{table}_owner");
            // The id precedes the kind, so that a list of any kind has the index's order, too.
            row.HasIndex(it => new { it.AssociationType, it.AssociationId, it.Id, it.AssociationKind }, $"ix_{table}_association")
                .HasFilter("association_type IS NOT NULL");
            row.HasIndex(it => new { it.Status, it.Id }, $"ix_{table}_status");
            row.HasIndex(it => new { it.AwaitedProcessor, it.Id }, $"ix_{table}_awaited").HasFilter("awaited_processor IS NOT NULL");
            row.HasIndex(it => new { it.Profile, it.Owner, it.PendingSize, it.QuotaEndsAt }, $"ix_{table}_pending")
                .HasFilter("pending_size IS NOT NULL");
            row.HasIndex(it => new { it.Profile, it.Owner, it.StoredBytes, it.QuotaEndsAt }, $"ix_{table}_stored")
                .HasFilter("stored_bytes IS NOT NULL");
            row.HasIndex(it => it.PurgeAt, $"ix_{table}_purge").HasFilter("purge_at IS NOT NULL");
        });
        builder.Entity<StoredUpload>(upload => StoredUploadMapping.Configure(upload, table, schema, ToSnakeCase));
        return builder;
    }

    // A model under construction does not expose its provider's name, but every provider adds annotations.
    private static string? GetByteOrderCollation(ModelBuilder builder)
    {
        var marks = builder.Model.GetAnnotations().Select(mark => mark.Name).ToList();
        if (marks.Exists(mark => mark.StartsWith("Npgsql:", StringComparison.Ordinal)))
            return "C";
        return marks.Exists(mark => mark.StartsWith("SqlServer:", StringComparison.Ordinal)) ? "Latin1_General_100_BIN2_UTF8" : null;
    }

    private static string ToSnakeCase(string name) => name switch
    {
        nameof(UploadRow.ETag) => "etag",
        nameof(UploadRow.ChecksumSha256) => "checksum_sha256",
        nameof(UploadRow.ChecksumCrc64Nvme) => "checksum_crc64nvme",
        _ => string.Concat(name.Select(
            (letter, at) => at > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}")),
    };
}
