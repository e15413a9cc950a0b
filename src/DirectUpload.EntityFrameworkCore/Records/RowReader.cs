using DirectUpload.Stores;

namespace DirectUpload.EntityFrameworkCore.Records;

/// <summary>Reads rows one by one, so that a row that this version cannot read does not block the others.</summary>
internal sealed class RowReader(UnreadableRecords unreadable)
{
    /// <summary>Reads a row as a record.</summary>
    /// <exception cref="UnreadableRecordException">This version cannot read the row.</exception>
    public UploadRecord Read(UploadRow row) => TryRead(row, out var fault) ?? throw UnreadableRecordException.Create(row.Id, fault!);

    /// <summary>Reads a row as a record; if this version cannot read it, reports the row and returns null.</summary>
    public UploadRecord? TryRead(UploadRow row) => TryRead(row, out _);

    private UploadRecord? TryRead(UploadRow row, out Exception? fault)
    {
        try
        {
            var record = row.ToRecord();
            unreadable.Forget(row.Id);
            fault = null;
            return record;
        }
        catch (Exception any)
        {
            unreadable.Report(row.Id, fault = any);
            return null;
        }
    }
}
