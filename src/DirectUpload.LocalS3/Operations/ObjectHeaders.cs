using System.Globalization;
using System.Text;
using DirectUpload.LocalS3.Checksums;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Writes an object's headers for reads and writes.</summary>
internal static class ObjectHeaders
{
    /// <summary>Writes the headers that a conditional response without a body also contains.</summary>
    public static void WriteValidators(IHeaderDictionary response, StoredObject stored)
    {
        response.ETag = $"\"{stored.ETag}\"";
        response.LastModified = S3DateTime.FormatHttp(stored.LastModified);
    }

    public static void Write(IHeaderDictionary response, StoredObject stored)
    {
        WriteValidators(response, stored);
        response.AcceptRanges = "bytes";
        foreach (var (name, value) in stored.Attributes.Headers)
            response[name] = value;
        foreach (var (name, value) in stored.Attributes.Metadata)
            response[name] = Ascii.IsValid(value) && !value.Any(char.IsControl) ? value : Encode(value);
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
        response[ChecksumAlgorithm.FindByName(checksum.Algorithm)!.HeaderName] = checksum.Value;
        response["x-amz-checksum-type"] = checksum.Type;
    }

    /// <summary>Writes the version id of a write; unlike for a read, S3 omits the id <c>null</c>.</summary>
    public static void WriteNewVersion(IHeaderDictionary response, StoredObject stored)
    {
        if (stored.VersionId is { } id)
            response["x-amz-version-id"] = id;
    }

    /// <summary>Writes the version id for a bucket with versioning.</summary>
    public static void WriteVersion(S3OperationContext call, StoredObject stored)
    {
        if (call.Bucket.Versioning != VersioningStatus.Off)
            call.Response.Headers["x-amz-version-id"] = stored.PublicVersionId;
    }

    public static void WriteEncryption(IHeaderDictionary response, ObjectAttributes attributes)
    {
        if (attributes.Encryption is { } encryption)
            response["x-amz-server-side-encryption"] = encryption;
    }

    /// <summary>Writes the headers that the response to a write contains besides the ETag.</summary>
    public static void WriteUploadResult(IHeaderDictionary response, StoredObject stored)
    {
        WriteNewVersion(response, stored);
        WriteEncryption(response, stored.Attributes);
        WriteChecksum(response, stored.Checksum);
    }

    /// <summary>Encodes a value by RFC 2047, which S3 uses for metadata that is not US-ASCII.</summary>
    private static string Encode(string value) => $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
}
