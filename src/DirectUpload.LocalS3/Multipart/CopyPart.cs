using System.Globalization;
using DirectUpload.LocalS3.Bodies;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>UploadPartCopy: a part from an object, or from a stretch of one. The conditions are held against the very object that is read.</summary>
internal static class CopyPart
{
    private const string RangeHeader = "x-amz-copy-source-range";

    public static async Task AnswerAsync(S3Call call)
    {
        var bucket = call.Bucket;
        var named = CopySource.Read(call.Request);
        using var source = named.Open(call);
        var upload = UploadReference.Find(call).Stored;
        var number = PartNumber.Parse(call.Request.Query["partNumber"]!);
        AttributeReader.RefuseUnsupported(call.Request.Setting);
        var (first, length) = Range(call.Request.Header(RangeHeader), source.Stored.Size);
        if (length > IncomingBody.MaxPut)
            throw S3Errors.InvalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");

        await using var draft = bucket.NewBlob();
        using var digests = new BodyDigests(UploadChecksum.AlgorithmOf(upload.Checksum));
        await using var content = source.Read(first, length);
        await BodyCopy.CopyAsync(content, draft.Stream, digests, length, call.Aborted);
        var part = UploadPart.Describe(number, draft, digests.Finish(), call.Now());
        await bucket.Uploads.PutPartAsync(call.Key, upload.Id, draft, part);

        CopySource.WriteVersion(call, source.Stored);
        ObjectHeaders.WriteEncryption(call.Response.Headers, upload.Attributes);
        await S3Xml.WriteAsync(call.Response, S3Xml.Element("CopyPartResult",
            S3Xml.Element("LastModified", S3Time.Iso(part.LastModified)),
            S3Xml.Element("ETag", $"\"{part.ETag}\""),
            upload.Checksum.IsAsked ? ChecksumXml.Write(part.Checksum) : null), call.Aborted);
    }

    /// <summary><c>bytes=first-last</c>, both of them, and inside the source.</summary>
    private static (long First, long Length) Range(string? header, long size)
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
