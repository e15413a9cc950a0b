using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The response with the status of an upload.</summary>
[Description("The status of an upload.")]
internal sealed record UploadStatusBody
{
    [Description("The upload's id.")]
    public required string Id { get; init; }

    [Description("The status.")]
    [ContractValues(ContractValues.Statuses)]
    public required string Status { get; init; }

    [Description("The profile of the upload.")]
    public required string Profile { get; init; }

    [Description("The file's name.")]
    public required string FileName { get; init; }

    [Description("The media type.")]
    public required string ContentType { get; init; }

    [Description("The size, in bytes; absent if it is not known yet.")]
    public required long? Size { get; init; }

    [Description("The SHA-256 of the bytes, as base64.")]
    public string? ChecksumSha256 { get; init; }

    [Description("The time of the request, in UTC.")]
    public required DateTime CreatedAt { get; init; }

    [Description("The time of the last change, in UTC.")]
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Gets the number of attempts to process the upload; null unless one did not complete and processing continues.</summary>
    [Description("The number of attempts to process the upload that have begun, if one of them did not complete.")]
    public int? Attempts { get; init; }

    /// <summary>Gets what a processor reported about its progress; null unless the upload is processed.</summary>
    [Description("What is done with an upload that is processed, such as `thumbnails 2 of 5`; absent if nothing is reported.")]
    public string? Progress { get; init; }

    [Description("The reason of a rejection or failure.")]
    public FailureBody? Error { get; init; }

    /// <summary>Gets the names of the upload's variants; null if it has none.</summary>
    [Description("The names of the upload's variants.")]
    public IReadOnlyList<string>? Variants { get; init; }

    /// <summary>Gets the properties that the profile shows to clients; null if the upload has none.</summary>
    [Description("The properties of a ready upload that its profile shows to clients, such as `width` and `thumb.width`.")]
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    [Description("The URL of the content, of a ready upload: a path of this application, or a public URL.")]
    public string? ContentUrl { get; init; }

    /// <summary>Gets the association; null without one, and for callers that have no right to it.</summary>
    [Description("The entity of the application that the upload belongs to; only for its owner and for the write token.")]
    public AssociationBody? Association { get; init; }

    [Description("The time, in UTC, at which the upload is deleted unless the application attaches it; as for `association`.")]
    public DateTime? AttachBy { get; init; }

    /// <summary>Adds the association and the time by which the upload must be attached.</summary>
    /// <remarks>
    /// Only for the owner and for holders of the write token: a read token is part of URLs that are passed on, and the ids of the
    /// application's entities do not concern those who may see one file.
    /// </remarks>
    public UploadStatusBody WithAssociation(Upload upload) => this with
    {
        Association = upload.Association is { } association
            ? new() { Type = association.Type, Id = association.Id, Kind = association.Kind }
            : null,
        AttachBy = upload.Status == UploadStatus.Ready ? upload.AttachBy?.UtcDateTime : null,
    };

    /// <summary>Creates the response for an upload, for every caller that may read it.</summary>
    /// <param name="record">The upload.</param>
    /// <param name="requestPath">
    /// The path of one of the upload's endpoints with the path base, from which the content's path follows.
    /// </param>
    /// <param name="services">The services, with the URLs and the profiles.</param>
    public static UploadStatusBody From(Upload record, string requestPath, IServiceProvider services)
    {
        var publicAddress = services.GetRequiredService<IDirectUploadService>().GetPublicUrl(record);
        var id = record.Id.ToString();
        var self = requestPath[..(requestPath.LastIndexOf(id, StringComparison.Ordinal) + id.Length)];
        return new()
        {
            Id = id,
            Status = record.Status.ToJson(),
            Profile = record.Profile,
            FileName = record.FileName,
            ContentType = record.ContentType,
            Size = record.Size ?? record.DeclaredSize,
            ChecksumSha256 = record.ChecksumSha256,
            CreatedAt = record.CreatedAt.UtcDateTime,
            UpdatedAt = record.UpdatedAt.UtcDateTime,
            // An upload that waited for a decision was processed in two attempts, although neither failed.
            Attempts = record.Decisions.Count > 0 ? null
                : record is { Status: UploadStatus.Processing, Attempts: > 1 } or { Status: UploadStatus.Uploaded, Attempts: > 0 }
                ? record.Attempts
                : null,
            Progress = record.Progress,
            Error = record.Error is { } error ? new(error.Code, error.Message) : null,
            Variants = record is { Status: UploadStatus.Ready, Variants.Count: > 0 }
                ? [.. record.Variants.Select(made => made.Name)]
                : null,
            Properties = record is { Status: UploadStatus.Ready, Properties.Count: > 0 } ? FindShownProperties(record, services) : null,
            ContentUrl = record.Status == UploadStatus.Ready ? publicAddress?.AbsoluteUri ?? self + "/content" : null,
        };
    }

    private static SortedDictionary<string, string>? FindShownProperties(Upload record, IServiceProvider services)
    {
        // Only the profile says what clients may read.
        if (!services.GetRequiredService<IOptions<DirectUploadOptions>>().Value.Profiles.TryGetValue(record.Profile, out var profile))
            return null;
        var shown = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in profile.ClientProperties)
        {
            if (record.Properties.TryGetValue(name, out var value))
                shown[name] = value;
        }

        return shown.Count > 0 ? shown : null;
    }
}

/// <summary>The reason of a rejection or failure.</summary>
[Description("The reason of a rejection or failure.")]
internal sealed record FailureBody(
    [property: Description("The code, of the library or of one of the application's processors.")]
    [property: ContractValues(ContractValues.FailureCodes)]
    string Code,
    [property: Description("The reason as a sentence.")]
    string Detail);
