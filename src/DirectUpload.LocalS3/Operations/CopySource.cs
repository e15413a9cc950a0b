using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>
/// What <c>x-amz-copy-source</c> names: <c>/bucket/key</c>, URL-encoded, perhaps with <c>?versionId=…</c>; the first slash may be missing.
/// </summary>
internal sealed record CopySource(string Bucket, string Key, string? VersionId)
{
    public const string HeaderName = "x-amz-copy-source";

    private const string VersionParameter = "versionId=";

    public static bool IsIn(S3Request request) => request.Header(HeaderName) is not null;

    public static CopySource Read(S3Request request)
    {
        var header = request.Header(HeaderName)!;
        // An encoded question mark belongs to the key, a plain one begins the version.
        var question = header.IndexOf('?', StringComparison.Ordinal);
        var version = question < 0 ? null : header[(question + 1)..];
        var text = UriBytes.DecodeText(question < 0 ? header : header[..question], plusIsSpace: false);
        if (text.StartsWith('/'))
            text = text[1..];
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1 || version?.StartsWith(VersionParameter, StringComparison.Ordinal) == false)
            throw S3Errors.InvalidArgument("Invalid copy source object key", HeaderName, header);
        RequestTarget.CheckKey(text[(slash + 1)..]);
        return new(text[..slash], text[(slash + 1)..], version?[VersionParameter.Length..]);
    }

    /// <summary>Opens it, if the request's conditions on the source hold for the very object that is opened.</summary>
    public OpenObject Open(S3Call call)
    {
        var source = OpenSource(call.Store.Get(Bucket));
        try
        {
            ReadConditions.CheckCopySource(call.Request, source.Stored);
            if (source.Stored.IsMultipart && call.Has(LocalS3Quirks.RefusesConditionalCopiesOfMultipart) && call.Request.Header("x-amz-copy-source-if-match") is not null)
                throw S3Errors.PreconditionFailed("x-amz-copy-source-if-match");
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Tells which version was copied.</summary>
    public static void WriteVersion(S3Call call, StoredObject source)
    {
        if (source.VersionId is { } id)
            call.Response.Headers["x-amz-copy-source-version-id"] = id;
    }

    private OpenObject OpenSource(Bucket bucket)
    {
        try
        {
            return bucket.Open(Key, VersionId);
        }
        catch (S3Exception e) when (e.Code == "MethodNotAllowed")
        {
            throw S3Errors.InvalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
        }
    }
}
