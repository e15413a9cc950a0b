using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>The conditions on reading, for a GET and for the source of a copy.</summary>
/// <remarks>An ETag's condition outweighs the date's (RFC 9110, 13.2.2), in S3 too.</remarks>
internal static class ReadConditions
{
    /// <summary>True when the object shall be sent, false when the client has it already (304).</summary>
    public static bool Check(S3Request request, StoredObject stored)
    {
        RequireMatch(request, stored, "If-Match", "If-Unmodified-Since");
        return WhyUnchanged(request, stored, "If-None-Match", "If-Modified-Since") is null;
    }

    /// <summary>For the source of a copy every failed condition is a 412.</summary>
    public static void CheckCopySource(S3Request request, StoredObject source)
    {
        RequireMatch(request, source, "x-amz-copy-source-if-match", "x-amz-copy-source-if-unmodified-since");
        if (WhyUnchanged(request, source, "x-amz-copy-source-if-none-match", "x-amz-copy-source-if-modified-since") is { } failed)
            throw S3Errors.PreconditionFailed(failed);
    }

    private static void RequireMatch(S3Request request, StoredObject stored, string byTag, string byDate)
    {
        if (request.Header(byTag) is { } tags)
        {
            if (!Names(tags, stored.ETag))
                throw S3Errors.PreconditionFailed(byTag);
        }
        else if (S3Time.TryParseHttp(request.Header(byDate), out var date) && stored.LastModified > date)
        {
            throw S3Errors.PreconditionFailed(byDate);
        }
    }

    /// <summary>The name of the header by which the object counts as unchanged; null when it is to be sent.</summary>
    private static string? WhyUnchanged(S3Request request, StoredObject stored, string byTag, string byDate)
    {
        if (request.Header(byTag) is { } tags)
            return Names(tags, stored.ETag) ? byTag : null;
        return S3Time.TryParseHttp(request.Header(byDate), out var date) && stored.LastModified <= date ? byDate : null;
    }

    private static bool Names(string tags, string etag) =>
        tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag.Trim('"') == etag);
}
