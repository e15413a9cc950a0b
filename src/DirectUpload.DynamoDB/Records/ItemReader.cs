using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Reads items one by one, so that an item that this version cannot read does not block the others.</summary>
internal sealed class ItemReader(UnreadableRecords? unreadable)
{
    /// <summary>Reads an item as a record.</summary>
    /// <exception cref="UnreadableRecordException">This version cannot read the item.</exception>
    public UploadRecord Read(Item item) => TryRead(item, out var fault) ?? throw UnreadableRecordException.Create(GetId(item), fault!);

    /// <summary>Reads an item as a record; if this version cannot read it, reports the item and returns null.</summary>
    public UploadRecord? TryRead(Item item) => TryRead(item, out _);

    private UploadRecord? TryRead(Item item, out Exception? fault)
    {
        try
        {
            var record = RecordReader.ToRecord(item);
            unreadable?.Forget(GetId(item));
            fault = null;
            return record;
        }
        catch (Exception any)
        {
            unreadable?.Report(GetId(item), fault = any);
            fault = any;
            return null;
        }
    }

    private static string GetId(Item item) => item.FindText(AttributeNames.Id) ?? "(without an id)";
}
