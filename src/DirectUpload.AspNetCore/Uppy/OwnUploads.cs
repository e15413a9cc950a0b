using System.Security.Cryptography;
using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>The uploads of one profile, each for its requester alone. A key only names a record, and the record decides: its owner, its profile, its upload id.</summary>
internal sealed class OwnUploads(UploadProfile profile, IUploadRecordStore store, IPresignedUploadIssuer issuer, TicketOffice tickets)
{
    // S3's limit for keys; what Uppy is told instead is no longer.
    private const int LongestKey = 1024;

    private static readonly UploadError NeedsOwner = new(
        UploadErrorReason.NotAuthorized,
        "This profile finalizes in place, so readers see the key of its objects, and the key proves nothing. Sign in; or the application's developer sets Finalisation to Promote.");

    /// <summary>How a file goes that goes in one piece.</summary>
    public UploadMethod WholeMethod => profile.Method;

    /// <summary>Finds the upload that a key names, for its requester: the signed-in owner, or, of an upload without an owner, the client that knows its secret key.</summary>
    /// <param name="key">What Uppy was told: the object's key, or what stands for it where it had to be told before there was a record.</param>
    /// <param name="uploadId">Storage's id of the multipart upload, or null when it goes in one piece.</param>
    /// <param name="owner">Who asks; null without an account.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null when there is none, or it is somebody else's.</returns>
    public async Task<UploadRecord?> FindAsync(string? key, string? uploadId, string? owner, CancellationToken cancellationToken)
    {
        if (key is null or { Length: > LongestKey })
            return null;
        var isSealed = tickets.TryOpenKey(key, out var id);
        if (!isSealed && !UploadId.TryParse(key, out id) && !UploadId.TryFindIn(key, out id))
            return null;
        if (await FindAsync(id, uploadId, cancellationToken).ConfigureAwait(false) is not { } record)
            return null;
        if (record.Owner is null)
            return isSealed || (record.HasSecretStagingKey() && IsSame(key, record.StagingKey)) ? record : null;
        return record.Owner == owner && (isSealed || record.StagingKey == key || record.Id.ToString() == key) ? record : null;
    }

    /// <summary>Finds the upload that a ticket names: the ticket is the proof.</summary>
    public async Task<UploadRecord?> FindAsync(UploadTicket ticket, CancellationToken cancellationToken) =>
        UploadId.TryParse(ticket.Id, out var id) && await FindAsync(id, ticket.UploadId, cancellationToken).ConfigureAwait(false) is { } record && record.Owner == ticket.Owner ? record : null;

    /// <summary>Why a caller can't have an upload here, whatever it is; null when nothing is against it.</summary>
    public UploadError? FindFault(string? owner) => owner is null && profile.Finalisation == Finalisation.InPlace ? NeedsOwner : null;

    /// <summary>What Uppy asks for, without a size, for it never says how large a file is.</summary>
    public UploadRequest Request(string? fileName, string? type, IReadOnlyDictionary<string, string> metadata, UploadMethod method, string? owner) => new()
    {
        Profile = profile.Name,
        FileName = fileName ?? string.Empty,
        ContentType = string.IsNullOrEmpty(type) ? "application/octet-stream" : type,
        Size = null,
        Metadata = metadata,
        Method = method,
        // A caller without an account has nothing but the key to prove itself by.
        SecretStagingKey = owner is null,
    };

    /// <summary>The address of an upload's object, without a signature: a name for it, no access.</summary>
    public async Task<string> LocationAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        var signed = await issuer.PresignAsync(new GetUrlRequest { Bucket = record.Bucket, Key = record.StagingKey }, cancellationToken).ConfigureAwait(false);
        return signed.Url[..signed.Url.IndexOf('?', StringComparison.Ordinal)];
    }

    private async Task<UploadRecord?> FindAsync(UploadId id, string? uploadId, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record && record.Profile == profile.Name && (uploadId is null || record.Parts?.MultipartId == uploadId) ? record : null;

    private static bool IsSame(string key, string secret) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(secret));
}
