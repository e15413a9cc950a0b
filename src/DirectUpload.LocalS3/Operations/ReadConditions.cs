using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Checks the conditions of a read, for a GET and for the source of a copy.</summary>
/// <remarks>A condition on the ETag takes precedence over one on the date (RFC 9110, 13.2.2), as in S3.</remarks>
internal static class ReadConditions
{
    /// <summary>Returns true if the object must be sent, and false if the client already has it (304).</summary>
    public static bool Check(S3Request request, StoredObject stored)
    {
        RequireMatch(request, stored, "If-Match", "If-Unmodified-Since");
        return FindUnchangedHeader(request, stored, "If-None-Match", "If-Modified-Since") is null;
    }

    /// <summary>Checks the source of a copy, where every failed condition results in 412.</summary>
    public static void CheckCopySource(S3Request request, StoredObject source)
    {
        RequireMatch(request, source, "x-amz-copy-source-if-match", "x-amz-copy-source-if-unmodified-since");
        if (FindUnchangedHeader(request, source, "x-amz-copy-source-if-none-match", "x-amz-copy-source-if-modified-since") is { } failed)
            throw S3Errors.PreconditionFailed(failed);
    }

    private static void RequireMatch(S3Request request, StoredObject stored, string byTag, string byDate)
    {
        if (request.GetHeader(byTag) is { } tags)
        {
            if (!MatchesETag(tags, stored.ETag))
                throw S3Errors.PreconditionFailed(byTag);
        }
        else if (S3DateTime.TryParseHttp(request.GetHeader(byDate), out var date) && stored.LastModified > date)
        {
            throw S3Errors.PreconditionFailed(byDate);
        }
    }

    /// <summary>Returns the name of the header by which the object is unchanged; null if the object must be sent.</summary>
    private static string? FindUnchangedHeader(S3Request request, StoredObject stored, string byTag, string byDate)
    {
        if (request.GetHeader(byTag) is { } tags)
            return MatchesETag(tags, stored.ETag) ? byTag : null;
        return S3DateTime.TryParseHttp(request.GetHeader(byDate), out var date) && stored.LastModified <= date ? byDate : null;
    }

    private static bool MatchesETag(string tags, string etag) =>
        tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag.Trim('"') == etag);
}
