using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Notices whether the entries of an index contain the record that a query says was added. Safe for concurrent use.</summary>
/// <remarks>The indexes lag behind writes. Without this, an owner could exceed a quota with each request.</remarks>
internal sealed class AddedRecord(UploadRecord? record)
{
    private readonly string? _id = record?.Id.ToString();
    private volatile bool _isSeen;

    /// <summary>Gets the record if the caller has to count it, because no entry contained it.</summary>
    public UploadRecord? Missing => _isSeen ? null : record;

    public void Compare(Item entry)
    {
        if (_id is not null && entry.GetText(AttributeNames.Id) == _id)
            _isSeen = true;
    }
}
