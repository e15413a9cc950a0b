using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Finds missing columns in the database's catalog; a failing query of the table itself would log an error.</summary>
internal static class TableColumns
{
    /// <summary>Finds the columns of the model that the table lacks; returns null when the table does not exist.</summary>
    public static async Task<IReadOnlyList<string>?> FindMissingAsync(DbContext context, CancellationToken cancellationToken)
    {
        var type = context.Model.FindEntityType(typeof(UploadRow))!;
        var (table, schema) = (type.GetTableName()!, type.GetSchema());
        if (GetCatalogQuery(context.Database.ProviderName) is not { } sql)
            return await TableExistsAsync(context, cancellationToken).ConfigureAwait(false) ? [] : null;
        var name = context.Database.ProviderName == ProviderNames.Sqlite
            ? table
            : context.GetService<ISqlGenerationHelper>().DelimitIdentifier(table, schema);
        var found = await context.Database.SqlQueryRaw<string>(sql, name).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            return null;
        var identifier = StoreObjectIdentifier.Table(table, schema);
        return [.. type.GetProperties().Select(property => property.GetColumnName(identifier)!)
            .Except(found, StringComparer.OrdinalIgnoreCase)];
    }

    private static string? GetCatalogQuery(string? provider) => provider switch
    {
        ProviderNames.Sqlite => "SELECT name AS \"Value\" FROM pragma_table_info({0})",
        ProviderNames.Postgres =>
            "SELECT attname::text AS \"Value\" FROM pg_attribute WHERE attrelid = to_regclass({0}) AND attnum > 0 AND NOT attisdropped",
        ProviderNames.SqlServer => "SELECT name AS [Value] FROM sys.columns WHERE object_id = OBJECT_ID({0})",
        _ => null,
    };

    // For databases whose catalog query is not implemented.
    private static async Task<bool> TableExistsAsync(DbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Set<UploadRow>().AsNoTracking().AnyAsync(it => it.Id == string.Empty, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && !DatabaseErrors.IsUnavailable(fault))
        {
            // Each database reports a missing table differently. Any other error occurs again when the table is created.
            return false;
        }
    }
}
