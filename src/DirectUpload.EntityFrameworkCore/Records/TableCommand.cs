using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>A command for the table of rows that can be executed many times. Instances are thread-safe.</summary>
/// <param name="Template">The command as Entity Framework Core executes it, with named parameters.</param>
/// <param name="PositionalText">The statement with PostgreSQL's own placeholders: $1 is the first parameter.</param>
/// <param name="Parameters">The parameters, in their order.</param>
internal sealed record TableCommand(
    IRelationalCommandTemplate Template, string PositionalText, IReadOnlyList<TableCommand.Parameter> Parameters)
{
    /// <summary>Creates the command of a batch.</summary>
    /// <remarks>
    /// Its parameters are positional, because Npgsql rewrites a statement with named parameters each time. They are created without a
    /// command of Entity Framework Core for each set of values.
    /// </remarks>
    /// <param name="batch">The batch.</param>
    /// <param name="factory">A command of the same connection, which creates the parameters.</param>
    /// <param name="values">The values of the parameters, in their order.</param>
    public DbBatchCommand CreateBatchCommand(DbBatch batch, DbCommand factory, IReadOnlyList<object?> values)
    {
        var created = batch.CreateBatchCommand();
        created.CommandText = PositionalText;
        for (var at = 0; at < Parameters.Count; at++)
        {
            var (_, type, isNullable) = Parameters[at];
            created.Parameters.Add(type.CreateParameter(factory, string.Empty, values[at], isNullable));
        }

        return created;
    }

    /// <summary>A parameter of the command.</summary>
    /// <param name="Placeholder">The placeholder in the text of <see cref="Template"/>.</param>
    /// <param name="Type">The type.</param>
    /// <param name="IsNullable">Whether a value may be null.</param>
    public sealed record Parameter(string Placeholder, RelationalTypeMapping Type, bool IsNullable);

    /// <summary>Replaces the placeholders of named parameters by those of PostgreSQL.</summary>
    public static string ToPositional(string text, IReadOnlyList<Parameter> parameters)
    {
        // From the last one on: the name of the first parameter is the beginning of other names.
        for (var at = parameters.Count - 1; at >= 0; at--)
        {
            text = text.Replace(
                parameters[at].Placeholder, string.Create(CultureInfo.InvariantCulture, $"${at + 1}"), StringComparison.Ordinal);
        }

        return text;
    }
}
