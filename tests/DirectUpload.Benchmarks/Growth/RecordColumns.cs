using DirectUpload.EntityFrameworkCore;
using DirectUpload.EntityFrameworkCore.Records;
using DirectUpload.Stores;
using Microsoft.EntityFrameworkCore;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>The table of records column by column, for statements that take many rows at once.</summary>
internal static class RecordColumns
{
    public const string Table = "direct_uploads";

    private static readonly (string Name, Func<UploadRow, object?> Value)[] All = CreateFromModel();

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(column => column.Name)];

    public static IEnumerable<object?> GetValues(UploadRecord record)
    {
        var row = record.ToRow();
        return All.Select(column => column.Value(row));
    }

    private static (string Name, Func<UploadRow, object?> Value)[] CreateFromModel()
    {
        using var context = new DirectUploadDbContext(new DbContextOptionsBuilder<DirectUploadDbContext>().UseSqlite().Options);
        return [.. context.Model.FindEntityType(typeof(UploadRow))!.GetProperties().Select(
            property => (property.GetColumnName(), (Func<UploadRow, object?>)(row => property.PropertyInfo!.GetValue(row))))];
    }
}
