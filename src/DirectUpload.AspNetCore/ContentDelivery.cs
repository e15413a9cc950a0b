namespace DirectUpload.AspNetCore;

/// <summary>How <c>GET /uploads/{id}/content</c> gives content away.</summary>
public enum ContentDelivery
{
    /// <summary>By redirect to a short presigned GET, or to the profile's CDN: the bytes do not pass through the application.</summary>
    Redirect,

    /// <summary>
    /// The application sends the bytes itself, for clients that may not see storage: with ranges, ETag and If-None-Match, never sniffed, and in a sandbox where a browser could run script in them.
    /// </summary>
    Proxy,
}
