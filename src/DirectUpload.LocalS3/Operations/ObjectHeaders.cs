using System.Globalization;
using System.Text;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Operations;

/// <summary>An object's headers, on reading it and on having written it.</summary>
internal static class ObjectHeaders
{
    /// <summary>What a conditional answer without a body carries too.</summary>
    public static void WriteValidators(IHeaderDictionary response, StoredObject stored)
    {
        response.ETag = $"\"{stored.ETag}\"";
        response.LastModified = S3Time.Http(stored.LastModified);
    }

    public static void Write(IHeaderDictionary response, StoredObject stored)
    {
        WriteValidators(response, stored);
        response.AcceptRanges = "bytes";
        foreach (var (name, value) in stored.Attributes.Headers)
            response[name] = value;
        foreach (var (name, value) in stored.Attributes.Metadata)
            response[name] = Ascii.IsValid(value) && !value.Any(char.IsControl) ? value : Encoded(value);
        WriteEncryption(response, stored.Attributes);
        if (stored.Attributes.StorageClass != "STANDARD")
            response["x-amz-storage-class"] = stored.Attributes.StorageClass;
        if (stored.Attributes.Tags.Count > 0)
            response["x-amz-tagging-count"] = stored.Attributes.Tags.Count.ToString(CultureInfo.InvariantCulture);
    }

    public static void WriteChecksum(IHeaderDictionary response, StoredChecksum? checksum)
    {
        if (checksum is null)
            return;
        response[ChecksumAlgorithm.ByName(checksum.Algorithm)!.HeaderName] = checksum.Value;
        response["x-amz-checksum-type"] = checksum.Type;
    }

    /// <summary>Which version a write made; S3 does not tell the id <c>null</c> here, though it does on reading.</summary>
    public static void WriteNewVersion(IHeaderDictionary response, StoredObject stored)
    {
        if (stored.VersionId is { } id)
            response["x-amz-version-id"] = id;
    }

    /// <summary>Which version it is, where the bucket keeps them.</summary>
    public static void WriteVersion(S3Call call, StoredObject stored)
    {
        if (call.Bucket.Versioning != Versioning.Off)
            call.Response.Headers["x-amz-version-id"] = stored.PublicVersionId;
    }

    public static void WriteEncryption(IHeaderDictionary response, ObjectAttributes attributes)
    {
        if (attributes.Encryption is { } encryption)
            response["x-amz-server-side-encryption"] = encryption;
    }

    /// <summary>What the writer is told besides the ETag.</summary>
    public static void WriteReceipt(IHeaderDictionary response, StoredObject stored)
    {
        WriteNewVersion(response, stored);
        WriteEncryption(response, stored.Attributes);
        WriteChecksum(response, stored.Checksum);
    }

    /// <summary>RFC 2047, which is how S3 returns metadata that is not US-ASCII.</summary>
    private static string Encoded(string value) => $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
}
