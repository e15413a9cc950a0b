using System.Globalization;

namespace DirectUpload.Signing;

/// <summary>The GET that lists the parts that have arrived, by which a client resumes.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html</remarks>
public sealed record ListPartsUrlRequest : UrlRequest
{
    /// <summary>The multipart upload, as CreateMultipartUpload named it.</summary>
    public required string UploadId { get; init; }

    /// <summary>How many to list at once: 1 to 1,000; null means 1,000.</summary>
    public int? MaxParts { get; init; }

    /// <summary>Lists the parts after this number; null begins with the first.</summary>
    public int? PartNumberMarker { get; init; }

    internal override string Method => "GET";

    internal override KeyValuePair<string, string>[] Query()
    {
        if (MaxParts is < 1 or > 1000)
            throw new ArgumentException($"MaxParts is {MaxParts}; a list holds 1 to 1,000 parts.");
        if (PartNumberMarker is < 0 or > PartNumbers.Most)
            throw new ArgumentException($"PartNumberMarker is {PartNumberMarker}; parts are numbered to {PartNumbers.Most}.");
        var query = new NamedValues(3);
        query.Add("max-parts", MaxParts?.ToString(CultureInfo.InvariantCulture));
        query.Add("part-number-marker", PartNumberMarker?.ToString(CultureInfo.InvariantCulture));
        query.Add("uploadId", MultipartId.Checked(UploadId));
        return query.ToArray();
    }
}
