namespace DirectUpload.Presigning;

/// <summary>Creates the signed headers of multipart requests, in the order of their names.</summary>
internal static class MultipartHeaders
{
    public static SignedHeader[] Create(string? contentType, string? checksumAlgorithm, ObjectSettings settings)
    {
        ObjectSettingsCheck.ThrowIfInvalid(settings);
        var headers = new SignedHeaders(
            SignedHeaders.CountHeaders(settings) + SignedHeaders.CountIfSet(contentType) + SignedHeaders.CountIfSet(checksumAlgorithm));
        headers.Add(HeaderName.CacheControl, settings.CacheControl);
        headers.Add(HeaderName.ContentDisposition, settings.ContentDisposition);
        headers.Add(HeaderName.ContentEncoding, settings.ContentEncoding);
        headers.Add(HeaderName.ContentType, contentType);
        headers.Add(HeaderName.Acl, settings.Acl);
        headers.Add(HeaderName.ChecksumAlgorithm, checksumAlgorithm);
        headers.AddMetadata(settings.Metadata);
        headers.Add(HeaderName.ServerSideEncryption, settings.ServerSideEncryption);
        headers.Add(HeaderName.KmsKeyId, settings.KmsKeyId);
        headers.AddTags(settings.Tags);
        return headers.ToArray();
    }

    public static SignedHeader[] CreateForPart(long? contentLength, string? checksumSha256)
    {
        var headers = new SignedHeaders(SignedHeaders.CountIfSet(contentLength) + SignedHeaders.CountIfSet(checksumSha256));
        headers.AddContentLength(contentLength);
        headers.AddChecksum(checksumSha256);
        return headers.ToArray();
    }
}
