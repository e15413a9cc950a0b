using System.Globalization;
using System.Security.Cryptography;

namespace DirectUpload.LocalS3.Objects;

/// <summary>Creates and reads version ids, which are opaque to clients, as in S3.</summary>
/// <remarks>
/// An id contains the version's sequence number, so that a listing can continue after a version that has been deleted in the meantime.
/// </remarks>
internal static class VersionId
{
    /// <summary>The id that clients use for a version that was written without versioning.</summary>
    public const string Null = "null";

    public static string Create(long sequence) => $"{sequence:x16}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    public static bool IsWellFormed(string text) => text == Null || (text.Length == 32 && text.All(char.IsAsciiHexDigitLower));

    /// <summary>Reads the sequence number of a version that has an id.</summary>
    public static long GetSequence(string id) => long.Parse(id.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
