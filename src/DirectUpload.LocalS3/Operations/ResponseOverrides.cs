using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Applies the <c>response-*</c> parameters, with which the signer of a GET sets response headers.</summary>
internal static class ResponseOverrides
{
    private static readonly (string Parameter, string Header)[] Known =
    [
        ("response-content-type", "Content-Type"), ("response-content-language", "Content-Language"), ("response-expires", "Expires"),
        ("response-cache-control", "Cache-Control"), ("response-content-disposition", "Content-Disposition"),
        ("response-content-encoding", "Content-Encoding"),
    ];

    public static void Apply(S3OperationContext call)
    {
        foreach (var (parameter, header) in Known)
        {
            if (call.Request.Query[parameter] is not { } value)
                continue;
            if (call.Caller.IsAnonymous)
                throw S3Errors.InvalidRequest("Request specific response headers cannot be used for anonymous GET requests.");
            call.Response.Headers[header] = HeaderText.Require(parameter, value);
        }
    }
}
