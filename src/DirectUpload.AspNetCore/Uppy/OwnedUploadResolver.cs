using System.Security.Cryptography;
using System.Text;
using DirectUpload.Presigning;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>
/// Finds the uploads of one profile for the caller who requested them. A key only identifies a record; the record's owner, profile and
/// upload id decide about access.
/// </summary>
internal sealed class OwnedUploadResolver(
    UploadProfile profile, IDirectUploadService uploads, IPresignedUploadIssuer issuer, UploadTicketProtector tickets)
{
    // S3's limit for keys, which protected keys do not exceed either.
    private const int MaxKeyLength = 1024;

    private static readonly UploadError OwnerRequired = new(
        UploadErrorCodes.NotAuthorized,
        "This profile finalizes in place, so readers see the keys of its objects, and a key proves nothing. Sign in, or ask the " +
        "application's developer to set FinalizeInPlace to false.");

    /// <summary>Gets the upload method for a file that is sent in one request.</summary>
    public UploadMethod SinglePartMethod => profile.UploadMethod;

    /// <summary>Finds the upload that a key identifies.</summary>
    /// <remarks>The caller must be the signed-in owner or, for an upload without an owner, know its secret key.</remarks>
    /// <param name="key">
    /// The key that Uppy received: the object's key, or a protected key where Uppy needs one before the record exists.
    /// </param>
    /// <param name="uploadId">Storage's id of the multipart upload; null for an upload in one request.</param>
    /// <param name="owner">The owner that the caller is; null for an anonymous caller.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The upload; null if it does not exist or belongs to another caller.</returns>
    public async Task<Upload?> FindAsync(string? key, string? uploadId, string? owner, CancellationToken cancellationToken)
    {
        if (key is null or { Length: > MaxKeyLength })
            return null;
        var isSealed = tickets.TryUnprotectKey(key, out var id);
        if (!isSealed && !UploadId.TryParse(key, out id) && !UploadId.TryFindIn(key, out id))
            return null;
        if (await FindAsync(id, uploadId, cancellationToken).ConfigureAwait(false) is not { } record)
            return null;
        if (record.Owner is null)
            return isSealed || (record.HasSecretStagingKey && FixedTimeEquals(key, record.StagingKey!)) ? record : null;
        return record.Owner == owner && (isSealed || record.StagingKey == key || record.Id.ToString() == key) ? record : null;
    }

    /// <summary>Finds the upload that a ticket authorizes.</summary>
    public async Task<Upload?> FindAsync(UploadTicket ticket, CancellationToken cancellationToken) =>
        UploadId.TryParse(ticket.Id, out var id)
            && await FindAsync(id, ticket.UploadId, cancellationToken).ConfigureAwait(false) is { } record
            && record.Owner == ticket.Owner ? record : null;

    /// <summary>Finds the reason why an owner cannot request any upload here; null if the owner can.</summary>
    public UploadError? FindOwnerError(string? owner) => owner is null && profile.FinalizeInPlace ? OwnerRequired : null;

    /// <summary>Creates an upload request without a size, because Uppy does not send one.</summary>
    public UploadRequest CreateRequest(
        string? fileName, string? type, IReadOnlyDictionary<string, string> metadata, UploadMethod method, string? owner)
    {
        var declared = DeclaredMetadata.Read(metadata);
        return new()
        {
            Profile = profile.Name,
            FileName = fileName ?? string.Empty,
            ContentType = string.IsNullOrEmpty(type) ? "application/octet-stream" : type,
            Size = null,
            ChecksumSha256 = declared.ChecksumSha256,
            ChecksumCrc64Nvme = declared.ChecksumCrc64Nvme,
            Association = declared.Association,
            Metadata = declared.Remaining,
            Method = method,
            // An anonymous caller can prove only with the key that the upload belongs to it.
            UseSecretStagingKey = owner is null,
        };
    }

    /// <summary>Gets the URL of an upload's object without a signature, which identifies the object but grants no access.</summary>
    public async Task<string> GetLocationAsync(Upload record, CancellationToken cancellationToken)
    {
        var signed = await issuer.PresignAsync(
            new GetUrlRequest { Bucket = record.Bucket!, Key = record.StagingKey! }, cancellationToken).ConfigureAwait(false);
        return signed.Url[..signed.Url.IndexOf('?', StringComparison.Ordinal)];
    }

    private async Task<Upload?> FindAsync(UploadId id, string? uploadId, CancellationToken cancellationToken)
    {
        var found = await uploads.GetAsync(id, UploadAccess.Application, cancellationToken).ConfigureAwait(false);
        return found.Succeeded && found.Value.Profile == profile.Name && (uploadId is null || found.Value.MultipartId == uploadId)
            ? found.Value
            : null;
    }

    private static bool FixedTimeEquals(string key, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(secret));
}
