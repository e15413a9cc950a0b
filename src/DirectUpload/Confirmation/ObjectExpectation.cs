using DirectUpload.Stores;

namespace DirectUpload.Confirmation;

/// <summary>Says whether storage may have the object of a requested upload.</summary>
/// <param name="IsLikely">Whether someone reports the object, so that it can be copied without a look at it.</param>
/// <param name="IsEnded">Whether nothing is to be verified now.</param>
/// <param name="Record">If nothing is to be verified: the record; null when another caller changed it first.</param>
internal readonly record struct ObjectExpectation(bool IsLikely, bool IsEnded, UploadRecord? Record)
{
    /// <summary>The object has probably arrived.</summary>
    public static readonly ObjectExpectation Likely = new(IsLikely: true, IsEnded: false, null);

    /// <summary>The object may have arrived.</summary>
    public static readonly ObjectExpectation Possible = new(IsLikely: false, IsEnded: false, null);

    /// <summary>Creates the answer for an upload of which nothing is to be verified now.</summary>
    public static ObjectExpectation Ended(UploadRecord? record) => new(IsLikely: false, IsEnded: true, record);
}
