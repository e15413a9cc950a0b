using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>What <c>x-amz-copy-source</c> names: <c>/bucket/key</c>, URL-encoded; the first slash may be missing.</summary>
internal sealed record CopySource(string Bucket, string Key)
{
    public const string HeaderName = "x-amz-copy-source";

    public static bool IsIn(S3Request request) => request.Header(HeaderName) is not null;

    public static CopySource Read(S3Request request)
    {
        var header = request.Header(HeaderName)!;
        // An encoded question mark belongs to the key, a plain one begins the version.
        if (header.Contains('?', StringComparison.Ordinal))
            throw S3Errors.NotImplemented("x-amz-copy-source with versionId");
        var text = UriBytes.DecodeText(header, plusIsSpace: false);
        if (text.StartsWith('/'))
            text = text[1..];
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1)
            throw S3Errors.InvalidArgument("Invalid copy source object key", HeaderName, header);
        RequestTarget.CheckKey(text[(slash + 1)..]);
        return new(text[..slash], text[(slash + 1)..]);
    }

    /// <summary>Opens it, if the request's conditions on the source hold for the very object that is opened.</summary>
    public OpenObject Open(S3Call call)
    {
        var source = call.Store.Get(Bucket).Open(Key) ?? throw S3Errors.NoSuchKey(Key);
        try
        {
            ReadConditions.CheckCopySource(call.Request, source.Stored);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
