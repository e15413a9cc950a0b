using System.Collections.Immutable;

namespace DirectUpload.LocalS3.Objects;

/// <summary>Represents a snapshot of a multipart upload in progress.</summary>
internal sealed record PendingUpload(StoredUpload Stored, ImmutableSortedDictionary<int, StoredPart> Parts)
{
    public PendingUpload(StoredUpload stored, IEnumerable<StoredPart> parts)
        : this(stored, parts.ToImmutableSortedDictionary(part => part.Number, part => part))
    {
    }
}
