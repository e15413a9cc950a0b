using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DirectUpload.LocalS3.Tests.Signing;

/// <summary>A request as Kestrel would hand it over, raw target included.</summary>
internal static class TestRequestFactory
{
    public static S3Request Create(string method, string rawTarget, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = rawTarget;
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        return new S3Request(context, VirtualHosts.None);
    }
}
