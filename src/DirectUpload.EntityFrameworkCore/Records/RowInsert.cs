using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Inserts rows: into <see cref="DirectUploadDbContext"/> by a statement that is built once for each model.</summary>
/// <remarks>
/// Saving a tracked entity builds the statement for each row, which takes longer than the insert itself. A context of the application saves
/// the entity all the same, because it may have columns, converters, interceptors and an override of SaveChanges.
/// </remarks>
internal static class RowInsert
{
    private static readonly ConditionalWeakTable<IModel, Statement> Statements = [];

    public static async Task ExecuteAsync(DbContext context, UploadRow row, CancellationToken cancellationToken)
    {
        if (context is not DirectUploadDbContext)
        {
            context.Add(row);
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var statement = Statements.GetValue(context.Model, _ => Statement.Create(context));
        await context.Database.CreateExecutionStrategy().ExecuteAsync(
            ending => context.Database.ExecuteSqlRawAsync(statement.Sql, statement.GetValues(row), ending),
            cancellationToken).ConfigureAwait(false);
    }

    /// <param name="Sql">The statement; its parameters are numbered.</param>
    /// <param name="Values">Gets the value of each parameter from a row.</param>
    private sealed record Statement(string Sql, IReadOnlyList<IClrPropertyGetter> Values)
    {
        public static Statement Create(DbContext context)
        {
            var type = context.Model.FindEntityType(typeof(UploadRow))!;
            var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
            var sql = context.GetService<ISqlGenerationHelper>();
            IProperty[] properties = [.. type.GetProperties()];
            var columns = properties.Select(property => sql.DelimitIdentifier(property.GetColumnName(table)!));
            var parameters = Enumerable.Range(0, properties.Length).Select(number => $"{{{number}}}");
            return new(
                $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", columns)}) "
                    + $"VALUES ({string.Join(", ", parameters)})",
                [.. properties.Select(property => property.GetGetter())]);
        }

        // Null is a value of a parameter, although the parameter's type does not say so.
        public object[] GetValues(UploadRow row)
        {
            var values = new object[Values.Count];
            for (var at = 0; at < values.Length; at++)
                values[at] = Values[at].GetClrValue(row)!;
            return values;
        }
    }
}
