using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DirectUpload.LocalS3.Hosting;

/// <summary>
/// Runs Kestrel without ASP.NET Core hosting, whose request log would contain presigned URLs and whose telemetry would count S3 requests as
/// the application's.
/// </summary>
internal static class KestrelListener
{
    public static KestrelServer Create(ListenAddress address, ILoggerFactory loggers)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        address.ListenWith(options);
        // Objects have any size and any rate; the S3 limits are enforced above.
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        // A key of 1,024 bytes has 3,072 when encoded, plus the presigned query.
        options.Limits.MaxRequestLineSize = 32 * 1024;
        options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        return new KestrelServer(Options.Create(options), transport, loggers);
    }
}
