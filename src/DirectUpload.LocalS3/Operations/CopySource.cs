using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>
/// Represents the value of <c>x-amz-copy-source</c>: URL-encoded <c>/bucket/key</c> with an optional <c>?versionId=…</c>.
/// </summary>
/// <remarks>The first slash is optional.</remarks>
internal sealed record CopySource(string Bucket, string Key, string? VersionId)
{
    public const string HeaderName = "x-amz-copy-source";

    private const string VersionParameter = "versionId=";

    public static bool IsPresent(S3Request request) => request.GetHeader(HeaderName) is not null;

    public static CopySource Read(S3Request request)
    {
        var header = request.GetHeader(HeaderName)!;
        // An encoded question mark belongs to the key; a plain one starts the version id.
        var question = header.IndexOf('?', StringComparison.Ordinal);
        var version = question < 0 ? null : header[(question + 1)..];
        var text = UriEncoding.DecodeText(question < 0 ? header : header[..question], plusIsSpace: false);
        if (text.StartsWith('/'))
            text = text[1..];
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1 || version?.StartsWith(VersionParameter, StringComparison.Ordinal) == false)
            throw S3Errors.InvalidArgument("Invalid copy source object key", HeaderName, header);
        RequestTarget.ValidateKey(text[(slash + 1)..]);
        return new(text[..slash], text[(slash + 1)..], version?[VersionParameter.Length..]);
    }

    /// <summary>Opens the source and checks the request's conditions against exactly that object.</summary>
    public ObjectReader Open(S3OperationContext call)
    {
        var source = OpenSource(call.Store.Get(Bucket));
        try
        {
            ReadConditions.CheckCopySource(call.Request, source.Stored);
            ArchivedObject.RequireReadable(source.Stored);
            if (source.Stored.IsMultipart && call.HasQuirk(LocalS3Quirks.RefusesConditionalCopiesOfMultipart)
                && call.Request.GetHeader("x-amz-copy-source-if-match") is not null)
                throw S3Errors.PreconditionFailed("x-amz-copy-source-if-match");
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Writes the header with the version id of the source.</summary>
    public static void WriteVersion(S3OperationContext call, StoredObject source)
    {
        if (source.VersionId is { } id)
            call.Response.Headers["x-amz-copy-source-version-id"] = id;
    }

    private ObjectReader OpenSource(Bucket bucket)
    {
        try
        {
            return bucket.OpenRead(Key, VersionId);
        }
        catch (S3Exception e) when (e.Code == "MethodNotAllowed")
        {
            throw S3Errors.InvalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
        }
    }
}
