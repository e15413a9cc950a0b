using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>Limits for one request, on top of its profile's: whichever is the narrower holds. Null leaves the profile's.</summary>
public sealed record UploadLimits
{
    /// <summary>The largest size taken, in bytes.</summary>
    public long? MaxSize { get; init; }

    /// <summary>The media types taken, of those that the profile takes: <c>image/png</c>, <c>image/*</c>.</summary>
    public IReadOnlyList<string>? ContentTypes { get; init; }

    /// <summary>How many uploads the owner may have pending under the profile.</summary>
    public int? MaxPendingUploads { get; init; }

    /// <summary>How many bytes the owner may have pending under the profile.</summary>
    public long? MaxPendingBytes { get; init; }

    /// <summary>How many bytes the owner's uploads under the profile may take altogether.</summary>
    public long? MaxTotalBytes { get; init; }

    /// <summary>The association that the application has approved: see <see cref="UploadAuthorization.WithAssociation"/>. Null approves none.</summary>
    public UploadAssociation? Association { get; init; }

    internal static UploadLimits None { get; } = new();

    /// <summary>What holds when both must.</summary>
    internal UploadLimits And(UploadLimits other) => new()
    {
        MaxSize = Narrower(MaxSize, other.MaxSize),
        ContentTypes = ContentTypes is null ? other.ContentTypes : other.ContentTypes is null ? ContentTypes : MediaType.Common(ContentTypes, other.ContentTypes),
        MaxPendingUploads = Narrower(MaxPendingUploads, other.MaxPendingUploads),
        MaxPendingBytes = Narrower(MaxPendingBytes, other.MaxPendingBytes),
        MaxTotalBytes = Narrower(MaxTotalBytes, other.MaxTotalBytes),
        Association = Association ?? other.Association,
    };

    internal static T? Narrower<T>(T? one, T? other)
        where T : struct, IComparable<T> => one is null || other?.CompareTo(one.Value) < 0 ? other : one;
}
