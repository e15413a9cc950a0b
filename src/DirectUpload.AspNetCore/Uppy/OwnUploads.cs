using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>The uploads of one profile, each for its owner alone. A key only names a record, and the record decides: its owner, its profile, its upload id.</summary>
internal sealed class OwnUploads(UploadProfile profile, IUploadRecordStore store, IPresignedUploadIssuer issuer)
{
    /// <summary>How a file goes that goes in one piece.</summary>
    public UploadMethod WholeMethod => profile.Method;

    /// <param name="key">What Uppy was told: the object's key, or the id alone, where it had to be told before there was a record.</param>
    /// <param name="uploadId">Storage's id of the multipart upload, or null when it goes in one piece.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null when there is none, or it is somebody else's.</returns>
    public async Task<UploadRecord?> FindAsync(string? key, string? uploadId, string? owner, CancellationToken cancellationToken)
    {
        foreach (var id in UploadId.AllIn(key ?? string.Empty))
        {
            if (await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record
                && (record.StagingKey == key || record.Id.ToString() == key) && record.Profile == profile.Name && record.Owner == owner
                && (uploadId is null || record.Parts?.MultipartId == uploadId))
                return record;
        }

        return null;
    }

    /// <summary>What Uppy asks for, without a size, for it never says how large a file is.</summary>
    public UploadRequest Request(string? fileName, string? type, IReadOnlyDictionary<string, string> metadata, UploadMethod method) => new()
    {
        Profile = profile.Name,
        FileName = fileName ?? string.Empty,
        ContentType = string.IsNullOrEmpty(type) ? "application/octet-stream" : type,
        Size = null,
        Metadata = metadata,
        Method = method,
    };

    /// <summary>The address of an upload's object, without a signature: a name for it, no access.</summary>
    public async Task<string> LocationAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var signed = await issuer.PresignAsync(new GetUrlRequest { Bucket = record.Bucket, Key = record.StagingKey }, cancellationToken).ConfigureAwait(false);
        return signed.Url[..signed.Url.IndexOf('?', StringComparison.Ordinal)];
    }
}
