using System.Collections.ObjectModel;
using Amazon.DynamoDBv2.Model;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>An item as the record that <see cref="RecordWriter"/> wrote.</summary>
internal static class RecordReader
{
    public static UploadRecord ToRecord(Item item) => new()
    {
        Id = UploadId.Parse(item.TextOf(Names.Id)),
        Profile = item.TextOf(Names.Profile),
        FileName = item.TextOf(Names.FileName),
        ContentType = item.TextOf(Names.ContentType),
        ClaimedSize = item.NumberOf(Names.ClaimedSize),
        SizeIsOpen = item.ContainsKey(Names.SizeIsOpen),
        Size = item.Number(Names.Size),
        ChecksumSha256 = item.Text(Names.ChecksumSha256),
        Bucket = item.TextOf(Names.Bucket),
        StagingKey = item.TextOf(Names.StagingKey),
        FinalKey = item.TextOf(Names.FinalKey),
        ETag = item.Text(Names.ETag),
        VersionId = item.Text(Names.VersionId),
        Status = StatusOf(item.TextOf(Names.Status)),
        Owner = item.Text(Names.Owner),
        Association = item.Map(Names.Association) is { } association ? new(association.TextOf("type"), association.TextOf("id")) : null,
        WriteTokenHash = UploadTokenHash.Parse(item.TextOf(Names.WriteTokenHash)),
        ReadTokenHash = UploadTokenHash.Parse(item.TextOf(Names.ReadTokenHash)),
        ReadTokenExpiresAt = item.Time(Names.ReadTokenExpiresAt),
        WriteTokenExpiresAt = item.Time(Names.WriteTokenExpiresAt),
        RequiredProcessors = [.. item.List(Names.RequiredProcessors).Select(name => name.S)],
        Told = [.. item.List(Names.Told).Select(told => Told(told.S))],
        Metadata = Entries(item.Map(Names.Metadata)),
        Findings = Entries(item.Map(Names.Findings)),
        Derivatives = [.. item.List(Names.Derivatives).Select(Derivative)],
        Parts = item.Map(Names.Parts) is { } parts ? new(parts.NumberOf("size"), parts.Text("multipart_id"), parts.ContainsKey("checksums")) : null,
        Audit = Audit(item.Map(Names.Audit) ?? []),
        CreatedAt = item.TimeOf(Names.CreatedAt),
        UpdatedAt = item.TimeOf(Names.UpdatedAt),
        GrantExpiresAt = item.TimeOf(Names.GrantExpiresAt),
        DueAt = item.Time(Names.DueAt),
        RetireAt = item.Time(Names.RetireAt),
        Attempts = (int)item.NumberOf(Names.Attempts),
        Failures = (int)item.NumberOf(Names.Failures),
        Fault = item.Text(Names.Fault),
        Error = item.Map(Names.Error) is { } error ? new(error.TextOf("code"), error.TextOf("detail")) : null,
        Version = item.NumberOf(Names.Version),
    };

    private static IReadOnlyDictionary<string, string> Entries(Item? map) =>
        map is null ? ReadOnlyDictionary<string, string>.Empty : map.ToDictionary(entry => entry.Key, entry => entry.Value.S);

    private static UploadDerivative Derivative(AttributeValue value) =>
        new(value.M.TextOf("name"), value.M.TextOf("key"), value.M.TextOf("content_type"), value.M.NumberOf("size"));

    private static UploadAudit Audit(Item map) => new()
    {
        Actor = map.Text("actor"),
        RemoteAddress = map.Text("remote_address"),
        UserAgent = map.Text("user_agent"),
        Transitions = [.. map.List("transitions").Select(step => Transition(step.S))],
    };

    private static UploadTold Told(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return new(text[(space + 1)..], Values.ReadTime(text[..space]));
    }

    private static UploadTransition Transition(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return new(StatusOf(text[(space + 1)..]), Values.ReadTime(text[..space]));
    }

    // Numbers and lists of names, which an enum's own parser takes, are not what was written.
    private static UploadStatus StatusOf(string text) => Enum.TryParse<UploadStatus>(text, out var status) && status.ToString() == text
        ? status
        : throw new FormatException($"The status \"{text}\" is not known.");
}
