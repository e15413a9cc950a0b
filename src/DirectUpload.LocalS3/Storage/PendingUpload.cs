using System.Collections.Immutable;

namespace DirectUpload.LocalS3.Storage;

/// <summary>A multipart upload in progress, as of one moment.</summary>
internal sealed record PendingUpload(StoredUpload Stored, ImmutableSortedDictionary<int, StoredPart> Parts)
{
    public PendingUpload(StoredUpload stored, IEnumerable<StoredPart> parts)
        : this(stored, parts.ToImmutableSortedDictionary(part => part.Number, part => part))
    {
    }
}
