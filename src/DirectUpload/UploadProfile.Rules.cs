using System.Collections.ObjectModel;

namespace DirectUpload;

// What the library derives from the options. All are methods, so that configuration binding does not set them.
public sealed partial class UploadProfile
{
    // An application that sends content itself has at least this throughput; otherwise its upload expires while it is sent.
    private const double MinSendBytesPerSecond = 1024 * 1024;

    // Of most profiles, and never changed.
    private static readonly ObjectSettings NoSettings = new()
    {
        Metadata = ReadOnlyDictionary<string, string>.Empty,
        Tags = ReadOnlyDictionary<string, string>.Empty,
    };

    private static readonly TimeSpan MaxUrlLifetime = TimeSpan.FromDays(7);

    private static readonly TimeSpan DefaultUnattachedRetention = TimeSpan.FromHours(24);

    /// <summary>Returns how long a ready upload is kept without an association; null for as long as it exists.</summary>
    internal TimeSpan? GetUnattachedRetention() => UnattachedRetention ?? (RequireAttachment ? DefaultUnattachedRetention : null);

    /// <summary>Returns the URL at which the CDN serves a key; null without a CDN.</summary>
    internal Uri? GetContentUrl(string key) => ContentBaseUrl is { } cdn
        ? new Uri(cdn.AbsoluteUri.TrimEnd('/') + "/" + string.Join('/', key.Split('/').Select(Uri.EscapeDataString)))
        : null;

    /// <summary>
    /// Returns a copy with the lower of each limit, or the profile itself if there are no limits. The media types of the limits are checked
    /// separately.
    /// </summary>
    internal UploadProfile WithLimits(UploadAuthorization limits)
    {
        if (ReferenceEquals(limits, UploadAuthorization.Allow))
            return this;
        var narrowed = (UploadProfile)MemberwiseClone();
        narrowed.MaxSize = UploadAuthorization.MinIfSet(MaxSize, limits.MaxSize) ?? MaxSize;
        narrowed.MinSize = Math.Min(MinSize, narrowed.MaxSize);
        narrowed.MaxPendingUploadsPerOwner = UploadAuthorization.MinIfSet(MaxPendingUploadsPerOwner, limits.MaxPendingUploadsPerOwner);
        narrowed.MaxPendingBytesPerOwner = UploadAuthorization.MinIfSet(MaxPendingBytesPerOwner, limits.MaxPendingBytesPerOwner);
        narrowed.MaxStoredBytesPerOwner = UploadAuthorization.MinIfSet(MaxStoredBytesPerOwner, limits.MaxStoredBytesPerOwner);
        return narrowed;
    }

    /// <summary>Returns a copy of the profile that promotes uploads instead of finalizing them in place.</summary>
    internal UploadProfile WithPromotion()
    {
        var changed = (UploadProfile)MemberwiseClone();
        changed.FinalizeInPlace = false;
        return changed;
    }

    /// <summary>Returns a copy of the profile for content that the application sends in one PUT request.</summary>
    /// <param name="size">The size of the content, in bytes. A large one has more time.</param>
    internal UploadProfile WithSinglePut(long size)
    {
        var changed = (UploadProfile)MemberwiseClone();
        (changed.UploadMethod, changed.MultipartThreshold) = (UploadMethod.Put, null);
        var lifetime = UploadUrlLifetime + TimeSpan.FromSeconds(size / MinSendBytesPerSecond);
        changed.UploadUrlLifetime = lifetime < MaxUrlLifetime ? lifetime : MaxUrlLifetime;
        return changed;
    }

    /// <summary>Returns the settings of a staging object: those that a bucket policy may require for every write.</summary>
    /// <remarks>
    /// The copy gets the response headers, because staging objects are never served. An ACL that grants access to others is set only when
    /// the upload is accepted.
    /// </remarks>
    internal ObjectSettings GetStagingSettings()
    {
        var acl = ObjectSettings.GrantsAccessToOthers ? null : ObjectSettings.Acl;
        return (acl ?? ObjectSettings.ServerSideEncryption ?? ObjectSettings.KmsKeyId) is null && ObjectSettings.Tags.Count == 0
            ? NoSettings
            : new()
            {
                Acl = acl,
                ServerSideEncryption = ObjectSettings.ServerSideEncryption,
                KmsKeyId = ObjectSettings.KmsKeyId,
                Metadata = ReadOnlyDictionary<string, string>.Empty,
                Tags = ObjectSettings.Tags,
            };
    }
}
