using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DirectUpload.LocalS3;

/// <summary>
/// Kestrel by itself, without ASP.NET's hosting around it: its request log would write presigned URLs, and the application's own
/// telemetry shall not count what belongs to S3.
/// </summary>
internal static class KestrelListener
{
    public static KestrelServer Create(ListenAddress address, ILoggerFactory loggers)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        address.ListenWith(options);
        // Objects are as large and as slow as their clients; S3's own limits are enforced above.
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        // A key of 1,024 bytes is 3,072 when encoded, and a presigned query comes on top.
        options.Limits.MaxRequestLineSize = 32 * 1024;
        options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        return new KestrelServer(Options.Create(options), transport, loggers);
    }
}
