using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Inserts rows by a statement that is built once for each model.</summary>
/// <remarks>Saving a tracked entity would build the statement for each row, which takes longer than the insert itself.</remarks>
internal static class RowInsert
{
    private static readonly ConditionalWeakTable<IModel, Statement> Statements = [];

    public static async Task ExecuteAsync(DbContext context, UploadRow row, CancellationToken cancellationToken)
    {
        var statement = Statements.GetValue(context.Model, _ => Statement.Create(context));
        if (statement.IsComplete)
        {
            await context.Database.CreateExecutionStrategy().ExecuteAsync(
                ending => context.Database.ExecuteSqlRawAsync(statement.Sql, statement.GetValues(row), ending),
                cancellationToken).ConfigureAwait(false);
            return;
        }

        context.Add(row);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <param name="Sql">The statement; its parameters are numbered.</param>
    /// <param name="Values">Gets the value of each parameter from a row.</param>
    /// <param name="IsComplete">False if the application has added columns, whose values only its own context knows.</param>
    private sealed record Statement(string Sql, IReadOnlyList<IClrPropertyGetter> Values, bool IsComplete)
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
                [.. properties.Where(property => !property.IsShadowProperty()).Select(property => property.GetGetter())],
                IsComplete: !properties.Any(property => property.IsShadowProperty()));
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
