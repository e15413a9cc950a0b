using System.Globalization;
using DirectUpload.Profiles;
using DirectUpload.Stores;

namespace DirectUpload.Requests;

/// <summary>Creates the staging key and the final key of an upload.</summary>
internal sealed class UploadKeyFactory(DirectUploadOptions options)
{
    public string GetBucketName(UploadProfile profile) => options.GetBucketName(profile);

    public (string Bucket, string StagingKey, string FinalKey) Create(
        UploadProfile profile, string? owner, UploadId id, string fileName, DateTimeOffset now, bool secret = false)
    {
        var bucket = options.GetBucketName(profile);
        var finalKey = KeyTemplate.Expand(profile.KeyTemplate, profile.Name, owner, id, fileName, now);
        var extension = SafeKeySegment.ForExtension(fileName);
        var stagingKey = profile.FinalizeInPlace
            ? finalKey
            : string.Create(
                CultureInfo.InvariantCulture,
                stackalloc char[128],
                $"{options.StagingPrefix}{profile.Name}/{id}{(secret ? StagingKeySecret.Create() : string.Empty)}{extension}");
        return (bucket, stagingKey, finalKey);
    }
}
