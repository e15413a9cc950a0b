using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DirectUpload.LocalS3.Hosting;

/// <summary>Represents the address and port of <see cref="LocalS3Options.Url"/>.</summary>
internal sealed record ListenAddress(string Host, IPAddress? Address, int Port)
{
    public static bool TryParse(string? url, [NotNullWhen(true)] out ListenAddress? result)
    {
        result = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/" ||
            uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            return false;
        var isLocalhost = uri.Host == "localhost";
        if (!IPAddress.TryParse(uri.DnsSafeHost, out var address) && !isLocalhost)
            return false;
        result = new ListenAddress(uri.Host, isLocalhost ? null : address, uri.Port);
        return true;
    }

    public static ListenAddress Parse(string url) =>
        TryParse(url, out var result) ? result : throw new FormatException($"'{url}' is no address to listen on.");

    public void ListenWith(KestrelServerOptions kestrel)
    {
        // Kestrel binds "localhost" to both loopback addresses, which does not work with a dynamic port.
        if (Address is null && Port != 0)
            kestrel.ListenLocalhost(Port, PlainHttp);
        else
            kestrel.Listen(Address ?? IPAddress.Loopback, Port, PlainHttp);
    }

    public Uri WithPort(int port) => new($"http://{Host}:{port}/");

    private static void PlainHttp(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;
}
