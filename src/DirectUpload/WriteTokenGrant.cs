using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>A write token that was given out after the grant.</summary>
/// <param name="WriteToken">Confirms, aborts and deletes. For the uploader only.</param>
/// <param name="ExpiresAt">When it stops opening, in UTC; null: by the profile's <see cref="Profiles.UploadProfile.WriteTokenLifetime"/>, which begins with the terminal status.</param>
public sealed record WriteTokenGrant(UploadToken WriteToken, DateTimeOffset? ExpiresAt)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"(write token, until {ExpiresAt:u})";
}
