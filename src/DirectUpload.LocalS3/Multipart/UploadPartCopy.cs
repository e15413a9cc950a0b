using System.Globalization;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Handles UploadPartCopy, which copies a part from an object or from a range of one.</summary>
/// <remarks>The conditions are checked against the exact object that is read.</remarks>
internal static class UploadPartCopy
{
    private const string RangeHeader = "x-amz-copy-source-range";

    public static async Task HandleAsync(S3OperationContext call)
    {
        var bucket = call.Bucket;
        var named = CopySource.Read(call.Request);
        using var source = named.Open(call);
        var upload = UploadReference.Find(call).Stored;
        var number = PartNumber.Parse(call.Request.Query["partNumber"]!);
        var (first, length) = ReadRange(call.Request.GetHeader(RangeHeader), source.Stored.Size);
        if (length > RequestBody.MaxObjectSize)
            throw S3Errors.InvalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");

        await using var draft = bucket.CreateBlob();
        using var digests = new BodyHasher(UploadChecksum.GetAlgorithm(upload.Checksum));
        await using var content = source.OpenRead(first, length);
        await BodyCopy.CopyAsync(content, draft.Stream, digests, length, call.RequestAborted);
        var part = UploadPart.CreateStoredPart(number, draft, digests.Finish(), call.Now());
        await bucket.Uploads.PutPartAsync(call.Key, upload.Id, draft, part);

        CopySource.WriteVersion(call, source.Stored);
        ObjectHeaders.WriteEncryption(call.Response.Headers, upload.Attributes);
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("CopyPartResult",
            S3Xml.Element("LastModified", S3DateTime.FormatIso(part.LastModified)),
            S3Xml.Element("ETag", $"\"{part.ETag}\""),
            upload.Checksum.IsAsked ? ChecksumXml.Write(part.Checksum) : null), call.RequestAborted);
    }

    /// <summary>Parses <c>bytes=first-last</c>; both bounds are required and must be within the source.</summary>
    private static (long First, long Length) ReadRange(string? header, long size)
    {
        if (header is null)
            return (0, size);
        if (!header.StartsWith("bytes=", StringComparison.Ordinal) || header["bytes=".Length..].Split('-') is not [var from, var to]
            || !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last < first)
            throw S3Errors.InvalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets " +
                "of the first and last bytes to copy", RangeHeader, header);
        return last < size ? (first, last - first + 1) : throw S3Errors.InvalidArgument(
            $"Range specified is not valid for source object of size: {size}", RangeHeader, header);
    }
}
