using System.Globalization;
using DirectUpload.Uploads;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>What a granted request answers.</summary>
internal sealed record UploadGrantBody(
    string Id, string Status, string WriteToken, string ReadToken, DateTime ExpiresAt, InstructionsBody Upload)
{
    public static UploadGrantBody From(UploadGrant grant) => new(
        grant.Record.Id.ToString(),
        grant.Record.Status.ToJson(),
        grant.WriteToken.Value,
        grant.ReadToken.Value,
        grant.Instructions.ExpiresAt.UtcDateTime,
        InstructionsBody.From(grant.Instructions));
}

/// <summary>Where to send the bytes: headers for a PUT, fields for a POST.</summary>
internal sealed record InstructionsBody(
    string Method, string Url, IReadOnlyDictionary<string, string>? Headers, IReadOnlyDictionary<string, string>? Fields)
{
    public static InstructionsBody From(UploadInstructions instructions) => instructions.Method == UploadMethod.Post
        ? new("POST", instructions.Url, null, instructions.Fields)
        : new("PUT", instructions.Url, instructions.Headers, null);
}

internal static class StatusText
{
    public static string ToJson(this UploadStatus status) => status.ToString().ToLower(CultureInfo.InvariantCulture);
}
