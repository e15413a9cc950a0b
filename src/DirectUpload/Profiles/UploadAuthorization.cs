using DirectUpload.Uploads;

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

    /// <summary>
    /// Also approves an association, once you have checked that the caller may use it. It replaces the association in the request, or is added where the request has none. Without it, a request with an association is refused.
    /// </summary>
    /// <param name="association">What you have checked, such as the request's own.</param>
    /// <returns>A decision with the same limits that approves the association.</returns>
    /// <exception cref="InvalidOperationException">This decision refuses the request.</exception>
    public UploadAuthorization WithAssociation(UploadAssociation association)
    {
        ArgumentNullException.ThrowIfNull(association);
        return Refusal is null
            ? new(null, (Limits ?? UploadLimits.None) with { Association = association })
            : throw new InvalidOperationException("A refusal approves no association; call UploadAuthorization.Allow.WithAssociation(…).");
    }

    /// <summary>Within limits that hold on top of the profile's: they can narrow it, never widen.</summary>
    public static UploadAuthorization Within(UploadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new(null, limits);
    }
}
