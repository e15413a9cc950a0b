using System.Text;

namespace DirectUpload.Signing;

/// <summary>Where requests to one bucket go, as the SDK resolved it: everything about a URL that doesn't change from upload to upload.</summary>
internal sealed record SigningTarget(string Bucket, string Region, Uri BaseUrl)
{
    /// <summary>Scheme and authority: <c>https://bucket.s3.eu-west-1.amazonaws.com</c>.</summary>
    public string Origin { get; } = $"{BaseUrl.Scheme}://{AsciiAuthority(BaseUrl)}";

    /// <summary>The Host header that a client will send: with the port, unless it is the scheme's own.</summary>
    public byte[] Host { get; } = Encoding.ASCII.GetBytes(AsciiAuthority(BaseUrl));

    /// <summary>The path before the key, encoded, ending in a slash: <c>/</c>, or <c>/bucket/</c> in path style.</summary>
    public string BasePath { get; } = BaseUrl.AbsolutePath.EndsWith('/') ? BaseUrl.AbsolutePath : BaseUrl.AbsolutePath + "/";

    // IPv6 literals keep their brackets, and names in other scripts are sent in their ASCII form (RFC 5891).
    private static string AsciiAuthority(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return url.IsDefaultPort ? host : $"{host}:{url.Port}";
    }
}
