using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>A read token that was given out after the grant.</summary>
/// <param name="ReadToken">Reads status and content. May be handed on.</param>
/// <param name="ExpiresAt">Until when it opens, in UTC; null for as long as the upload is there.</param>
public sealed record ReadTokenGrant(UploadToken ReadToken, DateTimeOffset? ExpiresAt)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"(read token, until {ExpiresAt:u})";
}
