using System.Text;

namespace DirectUpload.Signing;

/// <summary>Where requests to one bucket go, as the SDK resolved it: everything about a URL that doesn't change from upload to upload.</summary>
internal sealed class SigningTarget(string bucket, string region, Uri baseUrl)
{
    private SigningScope? _scope;

    public string Bucket => bucket;

    public string Region => region;

    /// <summary>Scheme and authority: <c>https://bucket.s3.eu-west-1.amazonaws.com</c>.</summary>
    public byte[] Origin { get; } = Encoding.ASCII.GetBytes($"{baseUrl.Scheme}://{AsciiAuthority(baseUrl)}");

    /// <summary>The Host header that a client will send, as a line to sign, after the line before it: with the port, unless it is the scheme's own.</summary>
    public byte[] HostHeader { get; } = Encoding.ASCII.GetBytes($"\nhost:{AsciiAuthority(baseUrl)}");

    /// <summary>The path before the key, encoded, ending in a slash: <c>/</c>, or <c>/bucket/</c> in path style.</summary>
    public byte[] BasePath { get; } = Encoding.ASCII.GetBytes(WithSlash(baseUrl.AbsolutePath));

    /// <summary>The address that forms are sent to; it ends in a slash.</summary>
    public string FormUrl { get; } = $"{baseUrl.Scheme}://{AsciiAuthority(baseUrl)}{WithSlash(baseUrl.AbsolutePath)}";

    /// <summary>What stays the same for this credential and day. Kept for the next signature, which nearly always has the same.</summary>
    public SigningScope ScopeOf(SigningCredentials credentials, DateOnly day) =>
        _scope is { } scope && scope.Fits(credentials, day) ? scope : _scope = new SigningScope(this, credentials, day);

    private static string WithSlash(string path) => path.EndsWith('/') ? path : path + "/";

    // IPv6 literals keep their brackets, and names in other scripts are sent in their ASCII form (RFC 5891).
    private static string AsciiAuthority(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return url.IsDefaultPort ? host : $"{host}:{url.Port}";
    }
}
