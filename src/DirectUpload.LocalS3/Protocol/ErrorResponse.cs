using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Writes S3's error document, which is S3's only document without a namespace.</summary>
internal static class ErrorResponse
{
    /// <summary>The value of <c>HostId</c>, which in S3 identifies the machine.</summary>
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
            new XElement("Resource", GetResource(context)),
            new XElement("RequestId", requestId),
            new XElement("HostId", HostId)), context.RequestAborted);
    }

    private static string GetResource(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
}
