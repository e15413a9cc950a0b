using DirectUpload.Profiles;

namespace DirectUpload;

/// <summary>Represents the decision of an <see cref="IUploadAuthorizer"/>: to deny a request, or to allow it within limits.</summary>
/// <remarks>
/// Limits apply in addition to those of the profile: they can lower a limit, and never raise it. Null keeps the limit of the profile.
/// </remarks>
public sealed class UploadAuthorization
{
    /// <summary>Gets the decision that allows a request within the limits of its profile.</summary>
    /// <value>A decision without limits and without an association.</value>
    public static UploadAuthorization Allow { get; } = new();

    /// <summary>Gets the reason for the denial.</summary>
    /// <value>A sentence that the client may read; null if the request is allowed.</value>
    public string? DenialReason { get; private init; }

    /// <summary>Gets the maximum size of the file.</summary>
    /// <value>The size, in bytes; null (the default) for the limit of the profile.</value>
    public long? MaxSize { get; init; }

    /// <summary>Gets the allowed media types.</summary>
    /// <value>Media types such as <c>image/png</c> and <c>image/*</c>; null (the default) for those of the profile.</value>
    public IReadOnlyList<string>? ContentTypes { get; init; }

    /// <summary>Gets the maximum number of pending uploads of the owner under the profile.</summary>
    /// <value>The number; null (the default) for the limit of the profile.</value>
    public int? MaxPendingUploadsPerOwner { get; init; }

    /// <summary>Gets the maximum total size of the pending uploads of the owner under the profile.</summary>
    /// <value>The size, in bytes; null (the default) for the limit of the profile.</value>
    public long? MaxPendingBytesPerOwner { get; init; }

    /// <summary>Gets the maximum total size of the stored uploads of the owner under the profile.</summary>
    /// <value>The size, in bytes; null (the default) for the limit of the profile.</value>
    public long? MaxStoredBytesPerOwner { get; init; }

    /// <summary>Gets the association that the authorizer approves, after it has verified that the caller may use it.</summary>
    /// <value>
    /// The association of the upload; it replaces the one in the request, if any. Null (the default) approves none: a request with an
    /// association is then refused, unless <see cref="UploadCaller.MayAssociate"/> or <see cref="UploadProfile.ClientsMayAssociate"/> is
    /// true.
    /// </value>
    public UploadAssociation? Association { get; init; }

    /// <summary>Creates a decision that denies the request.</summary>
    /// <param name="reason">A sentence for the client: why the request is denied, and what to do.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is null, empty or white space.</exception>
    public static UploadAuthorization Deny(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new() { DenialReason = reason };
    }

    /// <summary>Combines two decisions that allow a request; the lower limit of each kind applies.</summary>
    internal UploadAuthorization Intersect(UploadAuthorization other) => new()
    {
        MaxSize = MinIfSet(MaxSize, other.MaxSize),
        ContentTypes = ContentTypes is null || other.ContentTypes is null
            ? ContentTypes ?? other.ContentTypes
            : MediaType.Intersect(ContentTypes, other.ContentTypes),
        MaxPendingUploadsPerOwner = MinIfSet(MaxPendingUploadsPerOwner, other.MaxPendingUploadsPerOwner),
        MaxPendingBytesPerOwner = MinIfSet(MaxPendingBytesPerOwner, other.MaxPendingBytesPerOwner),
        MaxStoredBytesPerOwner = MinIfSet(MaxStoredBytesPerOwner, other.MaxStoredBytesPerOwner),
        Association = Association ?? other.Association,
    };

    internal static T? MinIfSet<T>(T? one, T? other)
        where T : struct, IComparable<T> => one is null || other?.CompareTo(one.Value) < 0 ? other : one;
}
