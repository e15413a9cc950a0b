using System.Buffers.Text;
using System.Security.Cryptography;

namespace DirectUpload.Stores;

/// <summary>Creates and recognizes the secret in a staging key: 128 random bits.</summary>
/// <remarks>
/// Protocols that carry a key but no token, such as Uppy's, have no other proof that an anonymous caller is the one that requested the
/// upload.
/// </remarks>
internal static class StagingKeySecret
{
    private const int ByteCount = 16;

    // A hyphen and 22 characters of base64url.
    private const int Length = 23;

    /// <summary>Creates a secret in the form in which it follows the id in a key.</summary>
    public static string Create() => "-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ByteCount));

    /// <summary>Checks whether the staging key of a record contains a secret.</summary>
    /// <remarks>A final key never contains one, because readers of the content see that key.</remarks>
    public static bool IsUsedBy(UploadRecord record)
    {
        // The last segment of a staging key begins with the id.
        var name = record.StagingKey.AsSpan(record.StagingKey.LastIndexOf('/') + 1);
        return name.Length >= UploadId.TextLength + Length && name[UploadId.TextLength] == '-' && record.StagingKey != record.FinalKey;
    }
}
