namespace DirectUpload.Profiles;

/// <summary>What an <see cref="IUploadAuthorizer"/> decides.</summary>
public sealed class UploadAuthorization
{
    private UploadAuthorization(string? refusal, UploadLimits? limits) => (Refusal, Limits) = (refusal, limits);

    /// <summary>By the profile's own rules.</summary>
    public static UploadAuthorization Allow { get; } = new(null, null);

    /// <summary>Why not, in words for the client; null when it is allowed.</summary>
    public string? Refusal { get; }

    /// <summary>What is narrower than in the profile, if anything.</summary>
    public UploadLimits? Limits { get; }

    /// <summary>Not at all.</summary>
    /// <param name="detail">A sentence for the client that says why, and what to do.</param>
    public static UploadAuthorization Refuse(string detail)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(detail);
        return new(detail, null);
    }

    /// <summary>Within limits that hold on top of the profile's: they can narrow it, never widen.</summary>
    public static UploadAuthorization Within(UploadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new(null, limits);
    }
}
