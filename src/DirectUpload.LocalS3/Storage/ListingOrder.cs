using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Provides S3's orders of listings: by key; then versions from the newest, and uploads from the oldest.</summary>
internal static class ListingOrder
{
    public static readonly IComparer<StoredObject> Objects =
        Comparer<StoredObject>.Create((x, y) => Utf8KeyComparer.Instance.Compare(x.Key, y.Key));

    public static readonly IComparer<StoredObject> Versions = Comparer<StoredObject>.Create((x, y) =>
    {
        var order = Utf8KeyComparer.Instance.Compare(x.Key, y.Key);
        if (order == 0)
            order = y.Sequence.CompareTo(x.Sequence);
        return order != 0 ? order : string.CompareOrdinal(x.PublicVersionId, y.PublicVersionId);
    });

    /// <summary>Upload ids start with a sequence number, so that they sort by age.</summary>
    public static readonly IComparer<StoredUpload> Uploads = Comparer<StoredUpload>.Create((x, y) =>
    {
        var order = Utf8KeyComparer.Instance.Compare(x.Key, y.Key);
        return order != 0 ? order : string.CompareOrdinal(x.Id, y.Id);
    });
}
