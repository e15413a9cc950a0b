using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Where an upload lands, and where its content will be served from.</summary>
internal sealed class UploadKeys(DirectUploadOptions options)
{
    public string BucketOf(UploadProfile profile) => options.BucketOf(profile);

    public (string Bucket, string StagingKey, string FinalKey) For(
        UploadProfile profile, string? owner, UploadId id, string fileName, DateTimeOffset now, bool secret = false)
    {
        var bucket = options.BucketOf(profile);
        var finalKey = KeyTemplate.Expand(profile.KeyTemplate, profile.Name, owner, id, fileName, now);
        var stagingKey = profile.Finalisation == Finalisation.InPlace
            ? finalKey
            : $"{options.StagingPrefix}{profile.Name}/{id}{(secret ? StagingSecret.New() : string.Empty)}{SafeKeySegment.ForExtension(fileName)}";
        return (bucket, stagingKey, finalKey);
    }
}
