using DirectUpload.Confirmation;
using DirectUpload.Profiles;
using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>Serves content by a short presigned GET for exactly the object that was verified.</summary>
internal sealed class UploadContent(IPresignedUploadIssuer issuer, ProfileCatalog profiles, TimeSpan lifetime)
{
    public async Task<UploadResult<PresignedGet>> PresignAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (record.Status != UploadStatus.Ready)
            return new UploadError(UploadErrorReason.Conflict, $"The upload is {record.Status.ToString().ToLowerInvariant()}; only a ready one has content.");

        // A profile that was removed leaves its content behind; what nobody vouches for is downloaded, not shown.
        if (!profiles.TryGet(record.Profile, out var profile))
            profile = new UploadProfile();
        return await issuer.PresignGetAsync(
            new GetUrlRequest
            {
                Bucket = record.Bucket,
                Key = record.FinalKey,
                VersionId = record.VersionId,
                ResponseContentType = record.ContentType,
                ResponseContentDisposition = Disposition.Of(record, profile),
                Lifetime = lifetime,
            },
            cancellationToken).ConfigureAwait(false);
    }
}
