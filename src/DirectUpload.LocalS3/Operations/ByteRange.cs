using System.Globalization;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Represents the single range of a read request.</summary>
/// <remarks>S3 does not support a list of ranges; it returns the whole object for a list and for an invalid range.</remarks>
internal readonly record struct ByteRange(long First, long Length)
{
    public static ByteRange? Read(S3Request request, StoredObject stored)
    {
        if (request.GetHeader("Range") is not { } header || !IsIfRangeCurrent(request, stored) || Parse(header) is not var (first, last))
            return null;
        var (start, end) = first is null
            ? (Math.Max(0, stored.Size - last!.Value), stored.Size - 1)
            : (first.Value, Math.Min(last ?? long.MaxValue, stored.Size - 1));
        if (start >= stored.Size || start > end)
            throw new S3Exception(416, "InvalidRange", "The requested range is not satisfiable")
                .WithDetail("RangeRequested", header).WithDetail("ActualObjectSize", stored.Size.ToString(CultureInfo.InvariantCulture));
        return new(start, end - start + 1);
    }

    /// <summary>Returns the range of <c>partNumber</c>; an object written by a single request has one part.</summary>
    public static ByteRange? FromPart(S3Request request, StoredObject stored)
    {
        if (request.Query["partNumber"] is not { } text)
            return null;
        if (request.GetHeader("Range") is not null)
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
            .WithDetail("PartNumberRequested", text)
            .WithDetail("ActualPartCount", stored.Parts.Count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Checks If-Range: a client that resumes receives the whole object if the object has changed.</summary>
    private static bool IsIfRangeCurrent(S3Request request, StoredObject stored) =>
        request.GetHeader("If-Range") is not { } validator
        || validator.Trim('"') == stored.ETag
        || (S3DateTime.TryParseHttp(validator, out var date) && date == stored.LastModified);

    private static (long? First, long? Last)? Parse(string header)
    {
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)
            || header["bytes=".Length..].Split('-') is not [var from, var to])
            return null;
        var first = ParseNumber(from);
        var last = ParseNumber(to);
        if ((from.Length > 0 && first is null) || (to.Length > 0 && last is null) || (first is null && last is null) || first > last)
            return null;
        return (first, last);
    }

    private static long? ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
