namespace DirectUpload.Storage;

/// <summary>Reads ETags as Amazon S3 and other servers write them.</summary>
internal static class ETags
{
    /// <summary>Puts an ETag in quotes, which some servers omit in XML.</summary>
    public static string Quote(string eTag) => eTag.StartsWith('"') ? eTag : $"\"{eTag}\"";

    /// <summary>Returns whether the ETag is the MD5 of the bytes: unless they were encrypted with KMS or sent in parts.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html (ETag)</remarks>
    public static bool IsContentHash(string eTag, string? encryption) =>
        MayBeContentHash(eTag) && encryption?.StartsWith("aws:kms", StringComparison.Ordinal) != true;

    /// <summary>Returns whether the ETag may be the MD5 of the bytes, if the encryption is unknown.</summary>
    public static bool MayBeContentHash(string eTag) => !eTag.Contains('-', StringComparison.Ordinal);
}
