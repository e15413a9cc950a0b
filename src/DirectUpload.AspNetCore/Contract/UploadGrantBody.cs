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

    public override string ToString() => $"(grant of upload {Id})";
}

/// <summary>Where to send the bytes: headers for a PUT, fields for a POST, and the first parts of what goes in parts.</summary>
internal sealed record InstructionsBody(string Method)
{
    public string? Url { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public long? PartSize { get; init; }

    public int? PartCount { get; init; }

    public IReadOnlyList<SignedPartBody>? Parts { get; init; }

    /// <summary>True where each part's SHA-256 is to be said when its URL is asked for; else absent.</summary>
    public bool? PartChecksums { get; init; }

    public static InstructionsBody From(UploadInstructions instructions) => instructions switch
    {
        { Multipart: { } multipart } => new("MULTIPART")
        {
            PartSize = multipart.PartSize,
            PartCount = multipart.PartCount,
            Parts = SignedPartsBody.Of(multipart.Parts),
            PartChecksums = multipart.PartChecksums ? true : null,
        },
        { Method: UploadMethod.Post } => new("POST") { Url = instructions.Url, Fields = instructions.Fields },
        _ => new("PUT") { Url = instructions.Url, Headers = instructions.Headers },
    };

    public override string ToString() => $"(presigned {Method})";
}

internal static class StatusText
{
    public static string ToJson(this UploadStatus status) => status.ToString().ToLower(CultureInfo.InvariantCulture);
}
