using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Operations;

/// <summary>Finds id and token of a call that needs them.</summary>
internal static class TokenOf
{
    private const string Header = "Upload-Token";

    /// <summary>
    /// True with both when they can be ones; else why not. A malformed id or token answers exactly like a wrong one.
    /// </summary>
    public static bool TryGet(HttpContext context, string id, out UploadId uploadId, out UploadToken token, out IResult refusal)
    {
        uploadId = default;
        refusal = Problems.NotFound();
        if (TryGetToken(context, out var sent, out token))
            return UploadId.TryParse(id, out uploadId);
        if (!sent)
            refusal = Problems.TokenMissing();
        return false;
    }

    /// <summary>The query's token, which content alone takes, counts when there is no header.</summary>
    public static bool TryGetFromHeaderOrQuery(HttpContext context, out bool sent, out UploadToken token)
    {
        if (TryGetToken(context, out sent, out token))
            return true;
        if (sent)
            return false;
        var fromQuery = context.Request.Query["token"];
        sent = fromQuery.Count > 0;
        return fromQuery.Count == 1 && UploadToken.TryParse(fromQuery[0], out token);
    }

    private static bool TryGetToken(HttpContext context, out bool sent, out UploadToken token)
    {
        token = default;
        var header = context.Request.Headers[Header];
        sent = header.Count > 0 && !string.IsNullOrEmpty(header[0]);
        return header.Count == 1 && UploadToken.TryParse(header[0], out token);
    }
}
