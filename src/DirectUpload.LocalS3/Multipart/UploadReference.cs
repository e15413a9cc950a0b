using System.Security.Cryptography;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Operations;

namespace DirectUpload.LocalS3.Multipart;

/// <summary>Finds the upload that a request refers to.</summary>
internal static class UploadReference
{
    /// <summary>Creates an upload id that starts with a sequence number, so that ids sort by age, and that cannot be guessed.</summary>
    public static string CreateId() => $"{ChangeSequence.Next():x16}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";

    public static bool IsWellFormed(string id) => id.Length == 64 && id.All(char.IsAsciiHexDigitLower);

    public static string GetId(S3OperationContext call) => call.Request.Query["uploadId"] ?? "";

    /// <summary>Returns the current state of the upload under the request's key.</summary>
    public static PendingUpload Find(S3OperationContext call) => call.Bucket.Uploads.Get(call.Key, GetId(call));
}
