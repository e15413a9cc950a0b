using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.EntityFrameworkCore;

/// <summary>Reads rows one by one, so that one that this version cannot read does not hold up the others.</summary>
internal sealed class RowReader(UnreadableRecords unreadable)
{
    /// <exception cref="UnreadableRecordException">This version cannot read the row.</exception>
    public UploadRecord Read(UploadRow row) => TryRead(row, out var fault) ?? throw UnreadableRecordException.Of(row.Id, fault!);

    /// <summary>The record; null when this version cannot read the row, which is reported then.</summary>
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
