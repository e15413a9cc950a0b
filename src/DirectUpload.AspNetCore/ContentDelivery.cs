namespace DirectUpload.AspNetCore;

/// <summary>Specifies how <c>GET /uploads/{id}/content</c> delivers content.</summary>
public enum ContentDelivery
{
    /// <summary>Redirects to a short-lived presigned GET URL, or to the profile's CDN.</summary>
    /// <remarks>The bytes do not pass through the application.</remarks>
    Redirect,

    /// <summary>Streams the bytes through the application, for clients that must not reach storage.</summary>
    /// <remarks>
    /// The response supports ranges, ETag and If-None-Match, and forbids content sniffing. Content that could run script in a browser is
    /// sandboxed.
    /// </remarks>
    Stream,
}
