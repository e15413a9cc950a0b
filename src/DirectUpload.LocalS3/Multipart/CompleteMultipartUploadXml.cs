using System.Globalization;
using System.Xml.Linq;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Reads the list of parts in a request to complete an upload.</summary>
internal static class CompleteMultipartUploadXml
{
    public static IReadOnlyList<ListedPart> Parse(ReadOnlyMemory<byte> document)
    {
        if (document.IsEmpty)
            throw S3Errors.InvalidRequest("You must specify at least one part");
        var parts = S3Xml.Parse(document, "CompleteMultipartUpload").Children("Part").Select(ParsePart).ToList();
        return parts.Count is > 0 and <= PartNumber.Max ? parts : throw S3Errors.MalformedXml();
    }

    private static ListedPart ParsePart(XElement part)
    {
        if (part.ChildText("ETag") is not { } etag || !int.TryParse(
                part.ChildText("PartNumber"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw S3Errors.MalformedXml();
        if (number < 1)
            throw S3Errors.InvalidArgument("PartNumber must be >= 1", "PartNumber", $"{number}");
        var checksums = part.Elements().Where(child => child.Name.LocalName.StartsWith(ChecksumXml.Prefix, StringComparison.Ordinal))
            .Select(child => KeyValuePair.Create(child.Name.LocalName[ChecksumXml.Prefix.Length..], child.Value)).ToList();
        return new(number, etag.Trim().Trim('"'), checksums);
    }
}

/// <summary>Represents one entry of the list of parts.</summary>
/// <param name="Number">The part number.</param>
/// <param name="ETag">The ETag without quotes.</param>
/// <param name="Checksums">The checksums by the name of the algorithm.</param>
internal sealed record ListedPart(int Number, string ETag, IReadOnlyList<KeyValuePair<string, string>> Checksums);
