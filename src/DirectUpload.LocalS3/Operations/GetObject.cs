using System.Globalization;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Operations;

/// <summary>GetObject and HeadObject, which differ in the body alone.</summary>
internal static class GetObject
{
    public static async Task AnswerAsync(S3Call call)
    {
        await using var open = call.Bucket.Open(call.Key) ?? throw S3Errors.NoSuchKey(call.Key);
        var stored = open.Stored;
        var response = call.Response;
        if (!ReadConditions.Check(call.Request, stored))
        {
            ObjectHeaders.WriteValidators(response.Headers, stored);
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var range = ByteRange.Read(call.Request, stored);
        ObjectHeaders.Write(response.Headers, stored);
        // A part's bytes do not have the whole's checksum.
        if (range is null && call.Request.Header("x-amz-checksum-mode") == "ENABLED")
            ObjectHeaders.WriteChecksums(response.Headers, stored);
        ResponseOverrides.Apply(call);

        var (first, length) = range is { } part ? (part.First, part.Length) : (0, stored.Size);
        response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.ContentLength = length;
        if (range is not null)
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture,
                $"bytes {first}-{first + length - 1}/{stored.Size}");
        if (HttpMethods.IsHead(call.Request.Method))
            return;
        open.Content.Seek(first, SeekOrigin.Begin);
        await BodyCopy.CopyExactlyAsync(open.Content, response.Body, length, call.Aborted);
    }
}
