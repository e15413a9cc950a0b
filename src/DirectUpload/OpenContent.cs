namespace DirectUpload;

/// <summary>Content that the application sends on itself.</summary>
/// <param name="Stream">Its bytes: can seek, and reads from storage only what is read from it. Dispose it. Throws an <see cref="IOException"/> when the object is replaced meanwhile.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="ETag">Its ETag, quotes included.</param>
/// <param name="Disposition">The Content-Disposition to serve it with: in place only what the profile allows and what can't carry script.</param>
/// <param name="LastModified">Since when it is served, in UTC.</param>
/// <param name="MayCarryScript">Whether a browser could run script in it: serve it with a Content-Security-Policy that keeps it in a sandbox.</param>
public sealed record OpenContent(
    Stream Stream, long Length, string ContentType, string ETag, string Disposition, DateTimeOffset LastModified, bool MayCarryScript);
