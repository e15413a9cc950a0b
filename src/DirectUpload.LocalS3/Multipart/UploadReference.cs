using System.Security.Cryptography;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>The upload that a request is about.</summary>
internal static class UploadReference
{
    /// <summary>Begins with its place among all changes, so that ids sort by age, and cannot be guessed.</summary>
    public static string NewId() => $"{Sequence.Next():x16}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";

    public static bool IsWellFormed(string id) => id.Length == 64 && id.All(char.IsAsciiHexDigitLower);

    public static string IdOf(S3Call call) => call.Request.Query["uploadId"] ?? "";

    /// <summary>The upload as it stands, under the request's key.</summary>
    public static PendingUpload Find(S3Call call) => call.Bucket.Uploads.Get(call.Key, IdOf(call));
}
