using System.Text;

namespace DirectUpload.Presigning;

/// <summary>
/// Represents the address of one bucket as the SDK resolved it: the parts of a URL that are the same for all objects.
/// </summary>
internal sealed class SigningTarget(string bucket, string region, Uri baseUrl)
{
    private SigningScope? _scope;

    public string Bucket => bucket;

    public string Region => region;

    /// <summary>Gets the scheme and the authority: <c>https://bucket.s3.eu-west-1.amazonaws.com</c>.</summary>
    public byte[] Origin { get; } = Encoding.ASCII.GetBytes($"{baseUrl.Scheme}://{GetAsciiAuthority(baseUrl)}");

    /// <summary>Gets the line of the Host header in the canonical headers, including the line break before it.</summary>
    /// <remarks>The host includes the port, unless it is the default port of the scheme.</remarks>
    public byte[] HostHeader { get; } = Encoding.ASCII.GetBytes($"\nhost:{GetAsciiAuthority(baseUrl)}");

    /// <summary>Gets the encoded path before the key, which ends in a slash: <c>/</c>, or <c>/bucket/</c> in path style.</summary>
    public byte[] BasePath { get; } = Encoding.ASCII.GetBytes(EnsureTrailingSlash(baseUrl.AbsolutePath));

    /// <summary>Gets the URL that forms are sent to; it ends in a slash.</summary>
    public string FormUrl { get; } = $"{baseUrl.Scheme}://{GetAsciiAuthority(baseUrl)}{EnsureTrailingSlash(baseUrl.AbsolutePath)}";

    /// <summary>Returns the scope of a credential and a day.</summary>
    /// <remarks>The last scope is cached, because consecutive signatures nearly always share it.</remarks>
    public SigningScope GetScope(SigningCredentials credentials, DateOnly day) =>
        _scope is { } scope && scope.Matches(credentials, day) ? scope : _scope = new SigningScope(this, credentials, day);

    private static string EnsureTrailingSlash(string path) => path.EndsWith('/') ? path : path + "/";

    // IPv6 literals keep their brackets, and internationalized names are sent in their ASCII form (RFC 5891).
    private static string GetAsciiAuthority(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return url.IsDefaultPort ? host : $"{host}:{url.Port}";
    }
}
