using DirectUpload.Records;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>Reads items one by one, so that one that this version cannot read does not hold up the others.</summary>
internal sealed class ItemReader(UnreadableRecords? unreadable)
{
    /// <exception cref="UnreadableRecordException">This version cannot read the item.</exception>
    public UploadRecord Read(Item item) => TryRead(item, out var fault) ?? throw UnreadableRecordException.Of(IdOf(item), fault!);

    /// <summary>The record; null when this version cannot read the item, which is reported then.</summary>
    public UploadRecord? TryRead(Item item) => TryRead(item, out _);

    private UploadRecord? TryRead(Item item, out Exception? fault)
    {
        try
        {
            var record = RecordReader.ToRecord(item);
            unreadable?.Forget(IdOf(item));
            fault = null;
            return record;
        }
        catch (Exception any)
        {
            unreadable?.Report(IdOf(item), fault = any);
            fault = any;
            return null;
        }
    }

    private static string IdOf(Item item) => item.Text(Names.Id) ?? "(without an id)";
}
