using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>
/// Updates a row of a known version: in <see cref="DirectUploadDbContext"/> by a statement that is built once for each model.
/// </summary>
/// <remarks>
/// A LINQ update of fifty columns is translated again with each call, which takes longer than the update itself. In a context of the
/// application it is used all the same, because of converters and interceptors.
/// </remarks>
internal static class RowUpdate
{
    // Set when the row is added, or by the dispatcher and the lease.
    private static readonly HashSet<string> OtherColumns =
    [
        nameof(UploadRow.Id), nameof(UploadRow.Profile), nameof(UploadRow.Owner), nameof(UploadRow.DeclaredSize),
        nameof(UploadRow.CreatedAt), nameof(UploadRow.NotificationCheckpoints), nameof(UploadRow.NotifyAt), nameof(UploadRow.NotifyUntil),
        nameof(UploadRow.PreviousNextActionAt),
    ];

    private static readonly ConditionalWeakTable<IModel, Statements> AllStatements = [];

    /// <summary>Updates the row if it has the version before this one, and returns the number of updated rows.</summary>
    public static Task<int> ExecuteAsync(DbContext context, UploadRow row, CancellationToken cancellationToken)
    {
        var before = row.Version - 1;
        if (context is not DirectUploadDbContext)
        {
            return context.Set<UploadRow>().IgnoreQueryFilters().Where(it => it.Id == row.Id && it.Version == before)
                .ExecuteUpdateAsync(set => UploadRowUpdate.Set(set, row), cancellationToken);
        }

        var statements = AllStatements.GetValue(context.Model, _ => new(context));
        // The columns of the dispatcher keep their values, unless there are new notifications.
        var statement = row.NotifyAt is null ? statements.Quiet : statements.Notifying;
        object?[] values = [.. statement.Properties.Select(property => property.GetGetter().GetClrValue(row)), row.Id, before];
        return context.Database.CreateExecutionStrategy().ExecuteAsync(
            ending => new RepeatedCommand(statement.Command, context, [values]).WriteAsync(ending), cancellationToken);
    }

    private sealed class Statements
    {
        public Statements(DbContext context)
        {
            var type = context.Model.FindEntityType(typeof(UploadRow))!;
            IProperty[] properties = [.. type.GetProperties().Where(property => !OtherColumns.Contains(property.Name))];
            Quiet = Create(context, properties);
            Notifying = Create(context, [.. properties, type.FindProperty(nameof(UploadRow.NotifyAt))!]);
        }

        public Statement Quiet { get; }

        public Statement Notifying { get; }

        private static Statement Create(DbContext context, IReadOnlyList<IProperty> properties)
        {
            var command = new TableCommandBuilder(context);
            var assignments = properties.Select(property => $"{command.GetColumn(property)} = {command.AddParameter(property)}");
            command.Append($"UPDATE {command.Table} SET {string.Join(", ", assignments)} WHERE ");
            var id = $"{command.GetColumn(nameof(UploadRow.Id))} = {command.AddParameter(nameof(UploadRow.Id))}";
            var version = $"{command.GetColumn(nameof(UploadRow.Version))} = {command.AddParameter(nameof(UploadRow.Version))}";
            return new(command.Append($"{id} AND {version}").Build(), properties);
        }
    }

    private sealed record Statement(TableCommand Command, IReadOnlyList<IProperty> Properties);
}
