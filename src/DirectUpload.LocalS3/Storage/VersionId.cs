using System.Globalization;
using System.Security.Cryptography;

namespace DirectUpload.LocalS3.Storage;

/// <summary>
/// A version's id: opaque to clients, like S3's. It holds the version's place among all writes, so that a page of a listing can be
/// continued after a version that has been deleted meanwhile.
/// </summary>
internal static class VersionId
{
    /// <summary>What clients call the version that has no id: it was written while the bucket kept no versions.</summary>
    public const string Null = "null";

    public static string New(long sequence) => $"{sequence:x16}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    public static bool IsWellFormed(string text) => text == Null || (text.Length == 32 && text.All(char.IsAsciiHexDigitLower));

    /// <summary>The place among all writes of a version that has an id.</summary>
    public static long SequenceOf(string id) => long.Parse(id.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
