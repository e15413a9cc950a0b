using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.DataProtection;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>What a caller may do next, at one of our endpoints that Uppy takes for S3's: it sends them no cookie and no bearer token, but every header that was signed.</summary>
/// <param name="Mapping">The mapping that issued the ticket, and where alone it is valid.</param>
/// <param name="Profile">The profile that the application's authorizers were asked about.</param>
/// <param name="Call">The one call that it is good for.</param>
/// <param name="Id">The upload; for a new one, the id that it will have.</param>
/// <param name="UploadId">Storage's id of the multipart upload; null when there is none yet.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record UploadTicket(string Mapping, string Profile, S3Call Call, string Id, string? UploadId, string? Owner, string? Actor, DateTimeOffset ExpiresAt)
{
    /// <summary>The header that it travels in: never in a URL, which logs keep.</summary>
    public const string Header = "Upload-Ticket";

    /// <summary>What a new upload's file is called.</summary>
    public string? FileName { get; init; }

    /// <summary>What the page says of a new upload.</summary>
    public Dictionary<string, string>? Metadata { get; init; }

    /// <summary>The length of a new upload's file, in bytes; null where the page does not say.</summary>
    public long? Size { get; init; }

    /// <summary>The length of its parts, in bytes; null where the page does not say.</summary>
    public long? PartSize { get; init; }

    /// <summary>The limits that the application's authorizers set for a new upload, when its user was known. A ticket that creates is none without.</summary>
    public UploadLimits? Limits { get; init; }
}

/// <summary>What Uppy takes for calls of S3.</summary>
internal enum S3Call
{
    Create,
    List,
    Complete,
    Abort,
    Delete,
}

/// <summary>Makes tickets that only this application can make and read, for one profile.</summary>
internal sealed class TicketOffice(IDataProtectionProvider protection, string profile, TimeProvider clock)
{
    private const string KeyMark = "sealed.";

    // Uppy signs, then calls: what lies between is a phone's network, and its three retries.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _tickets = protection.CreateProtector("DirectUpload.Uppy.Ticket.v2", profile);
    private readonly IDataProtector _keys = protection.CreateProtector("DirectUpload.Uppy.Key.v1", profile);

    public UploadTicket New(string mapping, S3Call call, UploadId id, UploadCaller caller) =>
        new(mapping, profile, call, id.ToString(), null, caller.Owner, caller.Actor, clock.GetUtcNow() + Lifetime);

    public string Write(UploadTicket ticket) =>
        Convert.ToBase64String(_tickets.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket, UppyJson.Default.UploadTicket)));

    /// <summary>The ticket; null when it is none, none of ours, for another mapping, profile or call, or its time is over.</summary>
    public UploadTicket? Read(string text, string mapping, S3Call call)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize(_tickets.Unprotect(Convert.FromBase64String(text)), UppyJson.Default.UploadTicket);
            return ticket?.Mapping == mapping && ticket.Profile == profile && ticket.Call == call && ticket.ExpiresAt > clock.GetUtcNow() && (call != S3Call.Create || ticket.Limits is not null)
                ? ticket
                : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Makes a key for Uppy that proves that its caller has requested an upload, for one without an owner whose key in storage is not known yet.
    /// </summary>
    public string SealKey(UploadId id) => KeyMark + Base64Url.EncodeToString(_keys.Protect(Encoding.ASCII.GetBytes(id.ToString())));

    /// <summary>Reads what <see cref="SealKey"/> has made; false for any other text.</summary>
    public bool TryOpenKey(string key, out UploadId id)
    {
        id = default;
        try
        {
            return key.StartsWith(KeyMark, StringComparison.Ordinal)
                && UploadId.TryParse(Encoding.ASCII.GetString(_keys.Unprotect(Base64Url.DecodeFromChars(key.AsSpan(KeyMark.Length)))), out id);
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
