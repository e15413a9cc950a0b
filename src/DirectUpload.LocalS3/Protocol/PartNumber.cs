using System.Globalization;
using DirectUpload.Primitives;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Reads a part number from 1 to 10,000.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</remarks>
internal static class PartNumber
{
    public const int Max = S3Limits.MaxParts;

    public static int Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Max
            ? number
            : throw S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
}
