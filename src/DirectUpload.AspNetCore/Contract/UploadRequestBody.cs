using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>
/// The request body of <c>POST /uploads</c>. Every property is optional, so that each missing field gets its own error message.
/// </summary>
[Description("A request for an upload: what the client declares about its file.")]
internal sealed class UploadRequestBody
{
    [Description("The name of one of the application's profiles.")]
    [Required]
    public string? Profile { get; init; }

    [Description("The file's name without a path: 1 to 255 characters.")]
    [Required]
    public string? FileName { get; init; }

    [Description("The media type; omit it if it is unknown, so that the bytes decide.")]
    public string? ContentType { get; init; }

    [Description("The file's length, in bytes.")]
    [Required]
    public long? Size { get; init; }

    [Description("The SHA-256 of the file's bytes, as base64. The profile decides whether it is required.")]
    public string? ChecksumSha256 { get; init; }

    [Description("Checksums of the file's bytes that storage reports, too; omit those that are known only after the file was read.")]
    public ChecksumsBody? Checksums { get; init; }

    [Description("Whether the client sends the SHA-256 of each part when it requests the part's URL; omitted, false.")]
    [DefaultValue(false)]
    public bool PartChecksums { get; init; }

    [Description("Metadata of the application: at most 32 entries.")]
    public Dictionary<string, string>? Metadata { get; init; }

    [Description("The entity of the application that the upload belongs to.")]
    public AssociationBody? Association { get; init; }

    [Description("The method by which the client can send the file; omitted, the profile's method.")]
    [ContractValues(ContractValues.Methods)]
    public string? Method { get; init; }
}

/// <summary>The entity of the application that an upload belongs to.</summary>
[Description("The entity of the application that an upload belongs to.")]
internal sealed class AssociationBody
{
    [Description("The type of the entity: 1 to 100 characters.")]
    [Required]
    public string? Type { get; init; }

    [Description("The id of the entity: 1 to 200 characters.")]
    [Required]
    public string? Id { get; init; }

    [Description("What the upload is to the entity, such as avatar: 1 to 100 characters; omitted, the type alone says it.")]
    public string? Kind { get; init; }
}
