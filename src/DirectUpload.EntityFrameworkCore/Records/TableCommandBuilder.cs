using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Builds a command for the table of rows that can be executed many times, with parameters that are numbered.</summary>
internal sealed class TableCommandBuilder
{
    // A command has as many parameters as the table has columns.
    private static readonly string[] Names = [.. Enumerable.Range(0, 100).Select(CreateName)];

    private readonly StoreObjectIdentifier _table;
    private readonly ISqlGenerationHelper _sql;
    private readonly IRelationalTypeMappingSource _types;
    private readonly IRelationalCommandBuilder _command;
    private readonly List<TableCommand.Parameter> _parameters = [];

    public TableCommandBuilder(DbContext context)
    {
        RowType = context.Model.FindEntityType(typeof(UploadRow))!;
        _table = StoreObjectIdentifier.Table(RowType.GetTableName()!, RowType.GetSchema());
        _sql = context.GetService<ISqlGenerationHelper>();
        _types = context.GetService<IRelationalTypeMappingSource>();
        _command = context.GetService<IRelationalCommandBuilderFactory>().Create();
    }

    public IEntityType RowType { get; }

    /// <summary>Gets the name of the table, quoted.</summary>
    public string Table => _sql.DelimitIdentifier(_table.Name, _table.Schema);

    /// <summary>Returns the name of a column, quoted.</summary>
    public string GetColumn(IReadOnlyProperty property) => _sql.DelimitIdentifier(property.GetColumnName(_table)!);

    /// <inheritdoc cref="GetColumn(IReadOnlyProperty)"/>
    public string GetColumn(string property) => GetColumn(RowType.FindProperty(property)!);

    public TableCommandBuilder Append(string text)
    {
        _command.Append(text);
        return this;
    }

    /// <summary>Adds a parameter of a column's type, and returns its placeholder.</summary>
    public string AddParameter(IProperty property) => AddParameter(property.GetRelationalTypeMapping(), property.IsNullable);

    /// <inheritdoc cref="AddParameter(IProperty)"/>
    public string AddParameter(string property) => AddParameter(RowType.FindProperty(property)!);

    /// <summary>Adds a parameter of a type, and returns its placeholder.</summary>
    public string AddParameter<T>() => AddParameter(_types.GetMapping(typeof(T)), isNullable: false);

    public TableCommand Build()
    {
        var command = _command.Build();
        return new(command, TableCommand.ToPositional(command.CommandText, _parameters), _parameters);
    }

    /// <summary>Creates what a command is executed with.</summary>
    /// <param name="context">The context, whose connection, interceptors and logs are used.</param>
    /// <param name="values">The values of the parameters, in their order.</param>
    public static RelationalCommandParameterObject CreateParameters(DbContext context, IReadOnlyList<object?> values)
    {
        var named = new Dictionary<string, object?>(values.Count);
        for (var at = 0; at < values.Count; at++)
            named.Add(GetName(at), values[at]);
        return new(
            context.GetService<IRelationalConnection>(), named, readerColumns: null, context,
            context.GetService<IRelationalCommandDiagnosticsLogger>(), CommandSource.ExecuteSqlRaw);
    }

    private static string GetName(int parameter) => parameter < Names.Length ? Names[parameter] : CreateName(parameter);

    private static string CreateName(int parameter) => string.Create(CultureInfo.InvariantCulture, $"p{parameter}");

    private string AddParameter(RelationalTypeMapping type, bool isNullable)
    {
        var name = GetName(_parameters.Count);
        _command.AddParameter(name, _sql.GenerateParameterName(name), type, isNullable);
        var placeholder = _sql.GenerateParameterNamePlaceholder(name);
        _parameters.Add(new(placeholder, type, isNullable));
        return placeholder;
    }
}
