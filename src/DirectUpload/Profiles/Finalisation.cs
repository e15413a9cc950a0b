namespace DirectUpload.Profiles;

/// <summary>How a verified upload becomes the content that is served.</summary>
public enum Finalisation
{
    /// <summary>
    /// Clients write to a staging key; the verified bytes are copied inside storage, pinned to their ETag, to a key that was never presigned, and
    /// only the copy is inspected and served. A URL that is replayed later changes nothing. Costs one copy request; works everywhere.
    /// </summary>
    Promote,

    /// <summary>
    /// The uploaded object itself is served: no copy to pay for. The PUT is signed with <c>If-None-Match: *</c>, so it works once, and ETag and
    /// version are pinned. The trade-off: it is only as safe as the provider's conditional writes (Backblaze B2 has none), a
    /// client whose connection broke after its bytes had arrived gets 412 when it tries again, and POST forms can't be used, for they know no condition.
    /// </summary>
    InPlace,
}
