using System.Buffers.Text;
using System.Security.Cryptography;

namespace DirectUpload.Uploads;

/// <summary>
/// 128 random bits in a staging key. Protocols that carry a key and no token, such as Uppy's, have no other proof that a caller without an account is the one who requested the upload.
/// </summary>
internal static class StagingSecret
{
    private const int Bytes = 16;

    // A hyphen and 22 characters of base64url.
    private const int Length = 23;

    /// <summary>A new secret, as it follows the id in a key.</summary>
    public static string New() => "-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a record's staging key holds one. A final key never does: readers of the content see it.</summary>
    public static bool IsIn(UploadRecord record)
    {
        var id = record.Id.ToString();
        var end = record.StagingKey.LastIndexOf(id, StringComparison.Ordinal) + id.Length;
        return record.StagingKey != record.FinalKey && record.StagingKey.Length >= end + Length && record.StagingKey[end] == '-';
    }
}
