using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>
/// Claiming in one statement: the rows that have been due for longest are taken, skipping those that another claim has its hands on, and come back as they are then.
/// </summary>
/// <remarks>Its parameters: 0, the time to compare with; 1, when the claim ends; 2, how many at most.</remarks>
internal static class ClaimSql
{
    /// <summary>The statement that claims what is due, in the words of the context's database; null for one that is not known here.</summary>
    public static string? For(DbContext context) => Quoted(context, For);

    /// <summary>The statement that leases what is to be notified of; null for a database that is not known here.</summary>
    public static string? ForNotifications(DbContext context) => Quoted(context, ForNotifications);

    /// <param name="provider">The provider's name.</param>
    /// <param name="table">The table, quoted.</param>
    /// <param name="column">A property's column, quoted.</param>
    public static string? For(string? provider, string table, Func<string, string> column)
    {
        var (due, was, version) = (column(nameof(UploadRow.DueAt)), column(nameof(UploadRow.WasDueAt)), column(nameof(UploadRow.Version)));
        // On the right of each sign stands what was there before.
        return Statement(provider, table, column(nameof(UploadRow.Id)), due, $"{due} <= {{0}}", $"SET {was} = {due}, {due} = {{1}}, {version} = {version} + 1");
    }

    /// <inheritdoc cref="For(string?, string, Func{string, string})"/>
    public static string? ForNotifications(string? provider, string table, Func<string, string> column)
    {
        var (at, until) = (column(nameof(UploadRow.NotifyAt)), column(nameof(UploadRow.NotifyUntil)));
        return Statement(provider, table, column(nameof(UploadRow.Id)), at, $"{at} <= {{0}} AND ({until} IS NULL OR {until} <= {{0}})", $"SET {until} = {{1}}");
    }

    private static string? Statement(string? provider, string table, string id, string order, string condition, string set) => provider switch
    {
        Providers.Sqlite =>
            $"UPDATE {table} {set} WHERE {id} IN (SELECT {id} FROM {table} WHERE {condition} ORDER BY {order}, {id} LIMIT {{2}}) RETURNING *",
        // MATERIALIZED, or the planner might look for what is due once more for each row.
        Providers.Postgres =>
            $"WITH longest AS MATERIALIZED (SELECT {id} FROM {table} WHERE {condition} ORDER BY {order}, {id} LIMIT {{2}} FOR UPDATE SKIP LOCKED) "
            + $"UPDATE {table} AS claimed {set} FROM longest WHERE claimed.{id} = longest.{id} RETURNING claimed.*",
        Providers.SqlServer =>
            $"WITH longest AS (SELECT TOP ({{2}}) * FROM {table} WITH (ROWLOCK, UPDLOCK, READPAST) WHERE {condition} ORDER BY {order}, {id}) "
            + $"UPDATE longest {set} OUTPUT inserted.*",
        _ => null,
    };

    private static string? Quoted(DbContext context, Func<string?, string, Func<string, string>, string?> statement)
    {
        var type = context.Model.FindEntityType(typeof(UploadRow))!;
        var sql = context.GetService<ISqlGenerationHelper>();
        return statement(context.Database.ProviderName, sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema()), property => sql.DelimitIdentifier(ColumnOf(type, property)));
    }

    private static string ColumnOf(IEntityType type, string property) =>
        type.FindProperty(property)!.GetColumnName(StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema()))!;
}
