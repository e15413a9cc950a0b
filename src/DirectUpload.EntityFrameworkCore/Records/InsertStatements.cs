using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Builds the statements that insert rows, without the columns that are null in all of them.</summary>
/// <remarks>In a new record, about half of the columns are null.</remarks>
internal sealed class InsertStatements(IModel model)
{
    // A database prepares statements that it sees often, so there are few. Rows of rare kinds are inserted with all columns.
    private const int MaxStatements = 16;

    private readonly IProperty[] _properties = [.. model.FindEntityType(typeof(UploadRow))!.GetProperties()];
    private readonly ConcurrentDictionary<UInt128, TableCommand> _commands = new();

    /// <summary>Returns a command that inserts a row, and the values of its parameters for each row.</summary>
    public (TableCommand Command, object?[][] Values) Get(DbContext context, IReadOnlyList<UploadRow> rows)
    {
        object?[][] values = [.. rows.Select(row => Array.ConvertAll(_properties, property => property.GetGetter().GetClrValue(row)))];
        var columns = UInt128.Zero;
        for (var column = 0; column < _properties.Length; column++)
        {
            if (Array.Exists(values, row => row[column] is not null))
                columns |= UInt128.One << column;
        }

        if (!_commands.ContainsKey(columns) && _commands.Count >= MaxStatements)
            columns = UInt128.MaxValue;
        var command = _commands.GetOrAdd(columns, static (columns, it) => it.Self.Create(it.context, columns), (Self: this, context));
        return (command, Array.ConvertAll(values, row => row.Where((_, column) => Has(columns, column)).ToArray()));
    }

    private static bool Has(UInt128 columns, int column) => (columns >> column & UInt128.One) != UInt128.Zero;

    private TableCommand Create(DbContext context, UInt128 columns)
    {
        var command = new TableCommandBuilder(context);
        IProperty[] properties = [.. _properties.Where((_, column) => Has(columns, column))];
        return command.Append(
            $"INSERT INTO {command.Table} ({string.Join(", ", properties.Select(command.GetColumn))}) "
            + $"VALUES ({string.Join(", ", properties.Select(command.AddParameter))})").Build();
    }
}
