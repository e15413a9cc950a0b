using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Asks the database's catalog for the table, rather than the table itself: a query that fails is an error in the log.</summary>
internal static class TableColumns
{
    /// <summary>The columns of the model that the table lacks; null when there is no table.</summary>
    public static async Task<IReadOnlyList<string>?> FindMissingAsync(DbContext context, CancellationToken cancellationToken)
    {
        var type = context.Model.FindEntityType(typeof(UploadRow))!;
        var (table, schema) = (type.GetTableName()!, type.GetSchema());
        if (Catalog(context.Database.ProviderName) is not { } sql)
            return await AnswersAsync(context, cancellationToken).ConfigureAwait(false) ? [] : null;
        var name = context.Database.ProviderName == Providers.Sqlite ? table : context.GetService<ISqlGenerationHelper>().DelimitIdentifier(table, schema);
        var found = await context.Database.SqlQueryRaw<string>(sql, name).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            return null;
        var identifier = StoreObjectIdentifier.Table(table, schema);
        return [.. type.GetProperties().Select(property => property.GetColumnName(identifier)!).Except(found, StringComparer.OrdinalIgnoreCase)];
    }

    private static string? Catalog(string? provider) => provider switch
    {
        Providers.Sqlite => "SELECT name AS \"Value\" FROM pragma_table_info({0})",
        Providers.Postgres => "SELECT attname::text AS \"Value\" FROM pg_attribute WHERE attrelid = to_regclass({0}) AND attnum > 0 AND NOT attisdropped",
        Providers.SqlServer => "SELECT name AS [Value] FROM sys.columns WHERE object_id = OBJECT_ID({0})",
        _ => null,
    };

    // For databases whose catalog is not known here.
    private static async Task<bool> AnswersAsync(DbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Set<UploadRow>().AsNoTracking().AnyAsync(it => it.Id == string.Empty, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && !EngineFaults.IsUnavailable(fault))
        {
            // Each database has its own error for a table that is not there; if it was something else, creating the table will show it.
            return false;
        }
    }
}
