using System.Globalization;
using DirectUpload.LocalS3.Multipart;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>
/// The one range that a reader asks for. S3 knows no list of ranges and answers such a request, like an unreadable one, in full.
/// </summary>
internal readonly record struct ByteRange(long First, long Length)
{
    public static ByteRange? Read(S3Request request, StoredObject stored)
    {
        if (request.Header("Range") is not { } header || !StillMeant(request, stored) || Parse(header) is not var (first, last))
            return null;
        var (start, end) = first is null
            ? (Math.Max(0, stored.Size - last!.Value), stored.Size - 1)
            : (first.Value, Math.Min(last ?? long.MaxValue, stored.Size - 1));
        if (start >= stored.Size || start > end)
            throw new S3Exception(416, "InvalidRange", "The requested range is not satisfiable")
                .With("RangeRequested", header).With("ActualObjectSize", stored.Size.ToString(CultureInfo.InvariantCulture));
        return new(start, end - start + 1);
    }

    /// <summary>The part that <c>partNumber</c> asks for. An object that came in one request is its own part 1.</summary>
    public static ByteRange? OfPart(S3Request request, StoredObject stored)
    {
        if (request.Query["partNumber"] is not { } text)
            return null;
        if (request.Header("Range") is not null)
            throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        var number = PartNumber.Parse(text);
        var first = 0L;
        foreach (var part in stored.Parts)
        {
            if (part.Number == number)
                return new(first, part.Size);
            first += part.Size;
        }
        throw new S3Exception(416, "InvalidPartNumber", "The requested partnumber is not satisfiable")
            .With("PartNumberRequested", text).With("ActualPartCount", stored.Parts.Count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>If-Range: a reader that resumes gets the whole object when it has changed.</summary>
    private static bool StillMeant(S3Request request, StoredObject stored) =>
        request.Header("If-Range") is not { } validator
        || validator.Trim('"') == stored.ETag
        || (S3Time.TryParseHttp(validator, out var date) && date == stored.LastModified);

    private static (long? First, long? Last)? Parse(string header)
    {
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)
            || header["bytes=".Length..].Split('-') is not [var from, var to])
            return null;
        var first = Number(from);
        var last = Number(to);
        if ((from.Length > 0 && first is null) || (to.Length > 0 && last is null) || (first is null && last is null) || first > last)
            return null;
        return (first, last);
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
