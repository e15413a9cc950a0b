using System.Collections.ObjectModel;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Reads records from items that <see cref="RecordWriter"/> has written.</summary>
internal static class RecordReader
{
    public static UploadRecord ToRecord(Item item) => new()
    {
        Id = UploadId.Parse(item.GetText(AttributeNames.Id)),
        Profile = item.GetText(AttributeNames.Profile),
        FileName = item.GetText(AttributeNames.FileName),
        ContentType = item.GetText(AttributeNames.ContentType),
        DeclaredContentType = item.FindText(AttributeNames.DeclaredContentType),
        AllowedContentTypes = [.. item.GetList(AttributeNames.AllowedContentTypes).Select(type => type.S)],
        DeclaredSize = item.GetNumber(AttributeNames.DeclaredSize),
        IsSizeUnknown = item.ContainsKey(AttributeNames.IsSizeUnknown),
        Size = item.FindNumber(AttributeNames.Size),
        ChecksumSha256 = item.FindText(AttributeNames.ChecksumSha256),
        ChecksumCrc64Nvme = item.FindText(AttributeNames.ChecksumCrc64Nvme),
        StoredChecksum = item.FindMap(AttributeNames.StoredChecksum) is { } stored
            ? new(stored.GetText("algorithm"), stored.GetText("value"), stored.GetText("type"))
            : null,
        Bucket = item.GetText(AttributeNames.Bucket),
        StagingKey = item.GetText(AttributeNames.StagingKey),
        FinalKey = item.GetText(AttributeNames.FinalKey),
        ETag = item.FindText(AttributeNames.ETag),
        VersionId = item.FindText(AttributeNames.VersionId),
        Status = ParseStatus(item.GetText(AttributeNames.Status)),
        Owner = item.FindText(AttributeNames.Owner),
        Association = item.FindMap(AttributeNames.Association) is { } association
            ? new(association.GetText("type"), association.GetText("id"), association.FindText("kind"))
            : null,
        AttachedAt = item.FindTime(AttributeNames.AttachedAt),
        AttachBy = item.FindTime(AttributeNames.AttachBy),
        IsReplacing = item.ContainsKey(AttributeNames.IsReplacing),
        WriteTokenHash = UploadTokenHash.Parse(item.GetText(AttributeNames.WriteTokenHash)),
        ReadTokenHash = UploadTokenHash.Parse(item.GetText(AttributeNames.ReadTokenHash)),
        ReadTokenExpiresAt = item.FindTime(AttributeNames.ReadTokenExpiresAt),
        WriteTokenExpiresAt = item.FindTime(AttributeNames.WriteTokenExpiresAt),
        RequiredProcessors = [.. item.GetList(AttributeNames.RequiredProcessors).Select(name => name.S)],
        NotificationCheckpoints = item.GetList(AttributeNames.NotificationCheckpoints).Select(checkpoint => ReadCheckpoint(checkpoint.S))
            .ToDictionary(),
        Decisions = [.. item.GetList(AttributeNames.Decisions).Select(ReadDecision)],
        Progress = item.FindText(AttributeNames.Progress),
        Metadata = ReadEntries(item.FindMap(AttributeNames.Metadata)),
        Properties = ReadEntries(item.FindMap(AttributeNames.Properties)),
        Variants = [.. item.GetList(AttributeNames.Variants).Select(ReadVariant)],
        PartSize = item.FindMap(AttributeNames.Parts)?.FindNumber("size"),
        MultipartId = item.FindMap(AttributeNames.Parts)?.FindText("multipart_id"),
        RequiresPartChecksums = item.FindMap(AttributeNames.Parts)?.ContainsKey("checksums") == true,
        Actor = item.FindMap(AttributeNames.Audit)?.FindText("actor"),
        RemoteAddress = item.FindMap(AttributeNames.Audit)?.FindText("remote_address"),
        UserAgent = item.FindMap(AttributeNames.Audit)?.FindText("user_agent"),
        Transitions = [.. (item.FindMap(AttributeNames.Audit) ?? []).GetList("transitions")
            .Select(transition => ReadTransition(transition.S))],
        CreatedAt = item.GetTime(AttributeNames.CreatedAt),
        UpdatedAt = item.GetTime(AttributeNames.UpdatedAt),
        GrantExpiresAt = item.GetTime(AttributeNames.GrantExpiresAt),
        NextActionAt = item.FindTime(AttributeNames.NextActionAt),
        PurgeAt = item.FindTime(AttributeNames.PurgeAt),
        Attempts = (int)item.GetNumber(AttributeNames.Attempts),
        FailedAttempts = (int)item.GetNumber(AttributeNames.FailedAttempts),
        LastError = item.FindText(AttributeNames.LastError),
        Error = ReadError(item.FindMap(AttributeNames.Error)),
        Version = item.GetNumber(AttributeNames.Version),
    };

    private static IReadOnlyDictionary<string, string> ReadEntries(Item? map) =>
        map is null ? ReadOnlyDictionary<string, string>.Empty : map.ToDictionary(entry => entry.Key, entry => entry.Value.S);

    private static UploadVariant ReadVariant(AttributeValue value) =>
        new(value.M.GetText("name"), value.M.GetText("key"), value.M.GetText("content_type"), value.M.GetNumber("size"));

    private static UploadDecision ReadDecision(AttributeValue value) => new(
        value.M.GetText("processor"), value.M.FindTime("deadline"), value.M.FindTime("decided_at"),
        ReadError(value.M.FindMap("rejection")), value.M.FindText("decided_by"));

    private static UploadError? ReadError(Item? error) =>
        error is null ? null : new(error.GetText("code"), error.GetText("detail"));

    private static KeyValuePair<string, DateTimeOffset> ReadCheckpoint(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return new(text[(space + 1)..], AttributeValues.ParseTime(text[..space]));
    }

    private static UploadTransition ReadTransition(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return new(ParseStatus(text[(space + 1)..]), AttributeValues.ParseTime(text[..space]));
    }

    // Enum.Parse also accepts numbers and comma-separated names, which DirectUpload never writes.
    private static UploadStatus ParseStatus(string text) => Enum.TryParse<UploadStatus>(text, out var status) && status.ToString() == text
        ? status
        : throw new FormatException($"The status \"{text}\" is not known.");
}
