using System.Security.Cryptography;
using System.Text.Json;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.DataProtection;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>What a caller may do next, at one of our endpoints that Uppy takes for S3's: it sends them no cookie and no bearer token, but every header that was signed.</summary>
/// <param name="Call">The one call that it is good for.</param>
/// <param name="Id">The upload; for a new one, the id that it will have.</param>
/// <param name="UploadId">Storage's id of the multipart upload; null when there is none yet.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="FileName">What a new upload's file is called.</param>
/// <param name="Metadata">What the page says of a new upload.</param>
/// <param name="Limits">What the application's authorizers have said of a new upload; its owner was known then.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record UploadTicket(
    S3Call Call, string Id, string? UploadId, string? Owner, string? Actor, string? FileName, Dictionary<string, string>? Metadata, UploadLimits? Limits, DateTimeOffset ExpiresAt)
{
    /// <summary>The header that it travels in: never in a URL, which logs keep.</summary>
    public const string Header = "Upload-Ticket";
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

/// <summary>Makes tickets that only this application can make and read.</summary>
internal sealed class TicketOffice(IDataProtectionProvider protection, TimeProvider clock)
{
    // Uppy signs, then calls: what lies between is a phone's network, and its three retries.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("DirectUpload.Uppy.Ticket.v1");

    public UploadTicket New(S3Call call, UploadId id, UploadCaller caller) =>
        new(call, id.ToString(), null, caller.Owner, caller.Actor, null, null, null, clock.GetUtcNow() + Lifetime);

    public string Write(UploadTicket ticket) =>
        Convert.ToBase64String(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket, UppyJson.Default.UploadTicket)));

    /// <summary>The ticket; null when it is none, none of ours, for another call, or its time is over.</summary>
    public UploadTicket? Read(string text, S3Call call)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize(_protector.Unprotect(Convert.FromBase64String(text)), UppyJson.Default.UploadTicket);
            return ticket?.Call == call && ticket.ExpiresAt > clock.GetUtcNow() ? ticket : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
