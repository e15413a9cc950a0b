using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>
/// Builds the statement that leases the longest-due rows, skips rows that another statement has locked, and returns the leased rows.
/// </summary>
/// <remarks>Parameters: 0, the current time; 1, the lease's end; 2, the maximum number of rows.</remarks>
internal static class LeaseSql
{
    /// <summary>Returns the statement that leases due records, or null for an unknown database.</summary>
    public static string? ForDue(DbContext context) => Delimit(context, ForDue);

    /// <summary>Returns the statement that leases due notifications, or null for an unknown database.</summary>
    public static string? ForNotifications(DbContext context) => Delimit(context, ForNotifications);

    /// <param name="provider">The provider's name.</param>
    /// <param name="table">The table, quoted.</param>
    /// <param name="column">A property's column, quoted.</param>
    public static string? ForDue(string? provider, string table, Func<string, string> column)
    {
        var (due, was, version) = (column(nameof(UploadRow.NextActionAt)), column(nameof(UploadRow.PreviousNextActionAt)), column(
            nameof(UploadRow.Version)));
        // On the right of an equals sign, a column has its value from before the update.
        return CreateStatement(
            provider, table, column(nameof(UploadRow.Id)), due, $"{due} <= {{0}}",
            $"SET {was} = {due}, {due} = {{1}}, {version} = {version} + 1");
    }

    /// <inheritdoc cref="ForDue(string?, string, Func{string, string})"/>
    public static string? ForNotifications(string? provider, string table, Func<string, string> column)
    {
        var (at, until) = (column(nameof(UploadRow.NotifyAt)), column(nameof(UploadRow.NotifyUntil)));
        return CreateStatement(
            provider, table, column(nameof(UploadRow.Id)), at, $"{at} <= {{0}} AND ({until} IS NULL OR {until} <= {{0}})",
            $"SET {until} = {{1}}");
    }

    private static string? CreateStatement(
        string? provider, string table, string id, string order, string condition, string set) => provider switch
        {
            ProviderNames.Sqlite =>
                $"UPDATE {table} {set} WHERE {id} IN (SELECT {id} FROM {table} WHERE {condition} ORDER BY {order}, {id} LIMIT {{2}}) " +
                "RETURNING *",
            // Without MATERIALIZED, the planner may run the subquery again for each row.
            ProviderNames.Postgres =>
                $"WITH longest AS MATERIALIZED (SELECT {id} FROM {table} WHERE {condition} ORDER BY {order}, {id} LIMIT {{2}} FOR "
                + "UPDATE SKIP LOCKED) "
                + $"UPDATE {table} AS leased {set} FROM longest WHERE leased.{id} = longest.{id} RETURNING leased.*",
            ProviderNames.SqlServer =>
                $"WITH longest AS (SELECT TOP ({{2}}) * FROM {table} WITH (ROWLOCK, UPDLOCK, READPAST) WHERE {condition} ORDER BY "
                + $"{order}, {id}) "
                + $"UPDATE longest {set} OUTPUT inserted.*",
            _ => null,
        };

    private static string? Delimit(DbContext context, Func<string?, string, Func<string, string>, string?> statement)
    {
        var type = context.Model.FindEntityType(typeof(UploadRow))!;
        var sql = context.GetService<ISqlGenerationHelper>();
        return statement(
            context.Database.ProviderName, sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema()),
            property => sql.DelimitIdentifier(GetColumn(type, property)));
    }

    private static string GetColumn(IEntityType type, string property) =>
        type.FindProperty(property)!.GetColumnName(StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema()))!;
}
