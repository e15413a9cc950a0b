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
    /// <summary>The statement in the words of the context's database; null for one that is not known here.</summary>
    public static string? For(DbContext context)
    {
        var type = context.Model.FindEntityType(typeof(UploadRow))!;
        var sql = context.GetService<ISqlGenerationHelper>();
        return For(context.Database.ProviderName, sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema()), property => sql.DelimitIdentifier(ColumnOf(type, property)));
    }

    /// <param name="provider">The provider's name.</param>
    /// <param name="table">The table, quoted.</param>
    /// <param name="column">A property's column, quoted.</param>
    public static string? For(string? provider, string table, Func<string, string> column)
    {
        var (id, due, was, version) =
            (column(nameof(UploadRow.Id)), column(nameof(UploadRow.DueAt)), column(nameof(UploadRow.WasDueAt)), column(nameof(UploadRow.Version)));
        // On the right of each sign stands what was there before.
        var set = $"SET {was} = {due}, {due} = {{1}}, {version} = {version} + 1";
        return provider switch
        {
            Providers.Sqlite =>
                $"UPDATE {table} {set} WHERE {id} IN (SELECT {id} FROM {table} WHERE {due} <= {{0}} ORDER BY {due}, {id} LIMIT {{2}}) RETURNING *",
            // MATERIALIZED, or the planner might look for what is due once more for each row.
            Providers.Postgres =>
                $"WITH longest AS MATERIALIZED (SELECT {id} FROM {table} WHERE {due} <= {{0}} ORDER BY {due}, {id} LIMIT {{2}} FOR UPDATE SKIP LOCKED) "
                + $"UPDATE {table} AS claimed {set} FROM longest WHERE claimed.{id} = longest.{id} RETURNING claimed.*",
            Providers.SqlServer =>
                $"WITH longest AS (SELECT TOP ({{2}}) * FROM {table} WITH (ROWLOCK, UPDLOCK, READPAST) WHERE {due} <= {{0}} ORDER BY {due}, {id}) "
                + $"UPDATE longest {set} OUTPUT inserted.*",
            _ => null,
        };
    }

    private static string ColumnOf(IEntityType type, string property) =>
        type.FindProperty(property)!.GetColumnName(StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema()))!;
}
