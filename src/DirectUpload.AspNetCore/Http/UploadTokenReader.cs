using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Reads the upload id and the token of a request.</summary>
internal static class UploadTokenReader
{
    private const string HeaderName = "Upload-Token";

    /// <summary>
    /// Reads the id and the token, or returns the refusal. A malformed id or token gets the same response as a wrong one.
    /// </summary>
    public static bool TryRead(HttpContext context, string id, out UploadId uploadId, out UploadToken token, out IResult refusal)
    {
        uploadId = default;
        refusal = Problems.NotFound();
        if (TryReadHeader(context, out var sent, out token))
            return UploadId.TryParse(id, out uploadId);
        if (!sent)
            refusal = Problems.TokenMissing();
        return false;
    }

    /// <summary>
    /// Reads the token from the header, or from the query if there is no header. Only content and events accept the query.
    /// </summary>
    public static bool TryReadFromHeaderOrQuery(HttpContext context, out bool sent, out UploadToken token)
    {
        if (TryReadHeader(context, out sent, out token))
            return true;
        if (sent)
            return false;
        var fromQuery = context.Request.Query["token"];
        sent = fromQuery.Count > 0;
        return fromQuery.Count == 1 && UploadToken.TryParse(fromQuery[0], out token);
    }

    /// <summary>
    /// Reads the tokens of many uploads, from the header or, without one, from the query. Null stands for a malformed token.
    /// </summary>
    public static IReadOnlyList<UploadAccess?> ReadMany(HttpContext context)
    {
        var header = context.Request.Headers.GetCommaSeparatedValues(HeaderName);
        IReadOnlyList<string?> sent = header.Length > 0 ? header : context.Request.Query["token"];
        return [.. sent.Select(text => UploadToken.TryParse(text, out var token) ? UploadAccess.FromToken(token) : (UploadAccess?)null)];
    }

    private static bool TryReadHeader(HttpContext context, out bool sent, out UploadToken token)
    {
        token = default;
        var header = context.Request.Headers[HeaderName];
        sent = header.Count > 0 && !string.IsNullOrEmpty(header[0]);
        return header.Count == 1 && UploadToken.TryParse(header[0], out token);
    }
}
