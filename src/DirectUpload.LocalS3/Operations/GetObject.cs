using System.Globalization;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Objects;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Handles GetObject and HeadObject, which differ only in the body.</summary>
internal static class GetObject
{
    public static async Task HandleAsync(S3OperationContext call)
    {
        using var open = call.Bucket.OpenRead(call.Key, call.VersionId);
        var stored = open.Stored;
        var response = call.Response;
        if (!ReadConditions.Check(call.Request, stored))
        {
            ObjectHeaders.WriteValidators(response.Headers, stored);
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (!HttpMethods.IsHead(call.Request.Method))
            ArchivedObject.RequireReadable(stored);
        var part = ByteRange.FromPart(call.Request, stored);
        var range = part ?? ByteRange.Read(call.Request, stored);
        var (first, length) = range ?? new ByteRange(0, stored.Size);
        ObjectHeaders.Write(response.Headers, stored);
        ObjectHeaders.WriteVersion(call, stored);
        call.WriteExpirationHeader(stored);
        if (part is not null && stored.IsMultipart)
            response.Headers["x-amz-mp-parts-count"] = stored.Parts.Count.ToString(CultureInfo.InvariantCulture);
        if (call.Request.GetHeader("x-amz-checksum-mode") == "ENABLED")
            ObjectHeaders.WriteChecksum(response.Headers, GetChecksum(stored, first, length));
        ResponseOverrides.Apply(call);

        response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.ContentLength = length;
        if (range is not null && length > 0)
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture,
                $"bytes {first}-{first + length - 1}/{stored.Size}");
        if (HttpMethods.IsHead(call.Request.Method))
            return;
        await using var content = open.OpenRead(first, length);
        await BodyCopy.CopyExactlyAsync(content, response.Body, length, call.RequestAborted);
    }

    /// <summary>Returns the known checksum of a range: the whole object, or exactly one part of a composite checksum.</summary>
    private static StoredChecksum? GetChecksum(StoredObject stored, long first, long length)
    {
        if (length == stored.Size)
            return stored.Checksum;
        if (stored.Checksum?.Type != StoredChecksum.Composite)
            return null;
        foreach (var part in stored.Parts)
        {
            if (first <= 0)
                return first == 0 && part.Size == length ? part.Checksum : null;
            first -= part.Size;
        }
        return null;
    }
}
