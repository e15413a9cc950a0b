using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>
/// A ticket that authorizes one request to an endpoint that Uppy treats as S3. Uppy sends such endpoints no cookie and no bearer token, but
/// every signed header.
/// </summary>
/// <param name="Mapping">The mapping that issued the ticket; the ticket is valid only there.</param>
/// <param name="Profile">The profile that the application's authorizers have approved.</param>
/// <param name="Call">The operation that the ticket authorizes.</param>
/// <param name="Id">The id of the upload, or the id that a new upload will have.</param>
/// <param name="UploadId">Storage's id of the multipart upload; null if it does not exist yet.</param>
/// <param name="Owner">The owner of the upload.</param>
/// <param name="Actor">The name of the user who sends the request.</param>
/// <param name="ExpiresAt">The time when the ticket expires.</param>
internal sealed record UploadTicket(
    string Mapping, string Profile, S3Operation Call, string Id, string? UploadId, string? Owner, string? Actor, DateTimeOffset ExpiresAt)
{
    /// <summary>The header that contains the ticket. It is never in a URL, because logs contain URLs.</summary>
    public const string Header = "Upload-Ticket";

    /// <summary>Gets the file name of a new upload.</summary>
    public string? FileName { get; init; }

    /// <summary>Gets the page's metadata for a new upload.</summary>
    public Dictionary<string, string>? Metadata { get; init; }

    /// <summary>Gets the size of a new upload's file, in bytes; null if the page does not declare it.</summary>
    public long? Size { get; init; }

    /// <summary>Gets the size of its parts, in bytes; null if the page does not declare it.</summary>
    public long? PartSize { get; init; }

    /// <summary>Gets the limits that the application's authorizers set for a new upload. Every ticket for a create has them.</summary>
    public UploadAuthorization? Authorization { get; init; }
}

/// <summary>The operations that Uppy treats as requests to S3.</summary>
internal enum S3Operation
{
    Create,
    List,
    Complete,
    Abort,
    Delete,
}

/// <summary>Creates and reads tickets of one profile, which only this application can create and read.</summary>
internal sealed class UploadTicketProtector(IDataProtectionProvider protection, string profile, TimeProvider clock)
{
    private const string ProtectedKeyPrefix = "sealed.";

    // Uppy uses a ticket right after it is signed. The lifetime allows for a slow mobile network and Uppy's three retries.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _tickets = protection.CreateProtector("DirectUpload.Uppy.Ticket.v2", profile);
    private readonly IDataProtector _keys = protection.CreateProtector("DirectUpload.Uppy.Key.v1", profile);

    public UploadTicket Create(string mapping, S3Operation call, UploadId id, UploadCaller caller) =>
        new(mapping, profile, call, id.ToString(), null, caller.Owner, caller.Actor, clock.GetUtcNow() + Lifetime);

    public string Protect(UploadTicket ticket) =>
        Convert.ToBase64String(_tickets.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket, UppyJson.Default.UploadTicket)));

    /// <summary>Reads a ticket; null if it is not valid, has expired, or is for another mapping, profile or operation.</summary>
    public UploadTicket? TryUnprotect(string text, string mapping, S3Operation call)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize(_tickets.Unprotect(Convert.FromBase64String(text)), UppyJson.Default.UploadTicket);
            return ticket?.Mapping == mapping && ticket.Profile == profile && ticket.Call == call && ticket.ExpiresAt > clock.GetUtcNow()
                && (call != S3Operation.Create || ticket.Authorization is not null)
                ? ticket
                : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Creates a key for an upload without an owner whose storage key is not known yet. The key proves that its caller requested the
    /// upload.
    /// </summary>
    public string ProtectKey(UploadId id) =>
        ProtectedKeyPrefix + Base64Url.EncodeToString(_keys.Protect(Encoding.ASCII.GetBytes(id.ToString())));

    /// <summary>Reads a key that <see cref="ProtectKey"/> created; false for any other text.</summary>
    public bool TryUnprotectKey(string key, out UploadId id)
    {
        id = default;
        try
        {
            return key.StartsWith(ProtectedKeyPrefix, StringComparison.Ordinal)
                && UploadId.TryParse(
                    Encoding.ASCII.GetString(_keys.Unprotect(Base64Url.DecodeFromChars(key.AsSpan(ProtectedKeyPrefix.Length)))), out id);
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
