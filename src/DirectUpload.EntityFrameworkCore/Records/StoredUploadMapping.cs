using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Maps the read-only entity to the table of uploads, as a view, so that no migration creates it.</summary>
internal static class StoredUploadMapping
{
    private static readonly ValueConverter<DateTimeOffset, string> Times = new(time => Iso8601.Write(time), text => Iso8601.Parse(text));

    public static void Configure(EntityTypeBuilder<StoredUpload> upload, string table, string? schema, Func<string, string> getColumn)
    {
        upload.HasNoKey().ToView(table, schema);
        upload.Property(it => it.Id).HasConversion<UploadIdConverter>();
        foreach (var property in upload.Metadata.GetProperties())
        {
            property.SetColumnName(getColumn(property.Name));
            // The context's conventions for strings and numbers do not apply to these columns.
            property.SetProviderClrType(null);
            property.SetMaxLength(null);
            property.SetIsUnicode(null);
            property.SetValueConverter(property.ClrType == typeof(UploadId) ? new UploadIdConverter()
                : property.ClrType == typeof(UploadStatus) ? new EnumToStringConverter<UploadStatus>()
                : (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(DateTimeOffset) ? Times
                : null);
        }
    }
}
