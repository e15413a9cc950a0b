using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DirectUpload.LocalS3;

/// <summary>S3's error document, which alone among its documents has no namespace.</summary>
internal static class ErrorAnswer
{
    /// <summary>Stands where S3 names the machine that answered.</summary>
    public const string HostId = "TG9jYWxTMw==";

    public static Task WriteAsync(HttpContext context, S3Exception refusal, string requestId)
    {
        context.Response.StatusCode = refusal.Status;
        foreach (var (name, value) in refusal.Headers)
            context.Response.Headers[name] = value;
        return S3Xml.WriteAsync(context.Response, new XElement("Error",
            new XElement("Code", refusal.Code),
            new XElement("Message", refusal.Message),
            refusal.Details.Select(detail => new XElement(detail.Key, detail.Value)),
            new XElement("Resource", Resource(context)),
            new XElement("RequestId", requestId),
            new XElement("HostId", HostId)), context.RequestAborted);
    }

    private static string Resource(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
}
