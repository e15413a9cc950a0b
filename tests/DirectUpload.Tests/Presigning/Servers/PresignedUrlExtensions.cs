using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning.Servers;

internal static class PresignedUrlExtensions
{
    /// <summary>Copies a presigned request and changes what an attacker could change.</summary>
    public static PresignedUrl With(
        this PresignedUrl issued, string? method = null, string? url = null, IReadOnlyDictionary<string, string>? headers = null) =>
        new(method ?? issued.Method, url ?? issued.Url, headers ?? issued.Headers, issued.ExpiresAt);
}
