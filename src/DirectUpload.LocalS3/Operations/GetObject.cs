using System.Globalization;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Storage;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Operations;

/// <summary>GetObject and HeadObject, which differ in the body alone.</summary>
internal static class GetObject
{
    public static async Task AnswerAsync(S3Call call)
    {
        using var open = call.Bucket.Open(call.Key, call.VersionId);
        var stored = open.Stored;
        var response = call.Response;
        if (!ReadConditions.Check(call.Request, stored))
        {
            ObjectHeaders.WriteValidators(response.Headers, stored);
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var part = ByteRange.OfPart(call.Request, stored);
        var range = part ?? ByteRange.Read(call.Request, stored);
        var (first, length) = range ?? new ByteRange(0, stored.Size);
        ObjectHeaders.Write(response.Headers, stored);
        ObjectHeaders.WriteVersion(call, stored);
        call.TellExpiry(stored);
        if (part is not null && stored.IsMultipart)
            response.Headers["x-amz-mp-parts-count"] = stored.Parts.Count.ToString(CultureInfo.InvariantCulture);
        if (call.Request.Header("x-amz-checksum-mode") == "ENABLED")
            ObjectHeaders.WriteChecksum(response.Headers, ChecksumOf(stored, first, length));
        ResponseOverrides.Apply(call);

        response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.ContentLength = length;
        if (range is not null && length > 0)
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture,
                $"bytes {first}-{first + length - 1}/{stored.Size}");
        if (HttpMethods.IsHead(call.Request.Method))
            return;
        await using var content = open.Read(first, length);
        await BodyCopy.CopyExactlyAsync(content, response.Body, length, call.Aborted);
    }

    /// <summary>
    /// The checksum of just these bytes, where one is known: of the whole, or of a stretch that is one part of a composite checksum.
    /// </summary>
    private static StoredChecksum? ChecksumOf(StoredObject stored, long first, long length)
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
