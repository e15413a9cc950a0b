using System.Security.Claims;

namespace DirectUpload.Testing;

/// <summary>Describes an upload that a test needs; see <see cref="TestUploads.CreateUploadAsync"/>.</summary>
/// <example>
/// <code>
/// var upload = await uploads.CreateUploadAsync(new TestUpload
/// {
///     Profile = "avatar",
///     FileName = "me.png",
///     Content = png,
///     Owner = "ada",
///     Association = new UploadAssociation("user", "42", "avatar"),
///     Variants = { ["thumbnail.webp"] = thumbnail },
/// });
/// </code>
/// </example>
public sealed class TestUpload
{
    /// <summary>Gets the name of the profile.</summary>
    /// <value>The name of a profile that the application has.</value>
    public required string Profile { get; init; }

    /// <summary>Gets the name of the file.</summary>
    /// <value>A name as a client sends it, such as <c>me.png</c>.</value>
    public required string FileName { get; init; }

    /// <summary>Gets the bytes of the file, which pass the rules and the inspection of the profile.</summary>
    /// <value>The bytes of a real file of the type.</value>
    public required byte[] Content { get; init; }

    /// <summary>Gets the media type that the client declares.</summary>
    /// <value>The default is null: the client declares none, and the content decides.</value>
    public string? ContentType { get; init; }

    /// <summary>Gets the owner.</summary>
    /// <value>The default is null: an anonymous client.</value>
    public string? Owner { get; init; }

    /// <summary>Gets the user with their claims, for the authorizers of the application.</summary>
    /// <value>The default is null.</value>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>Gets the entity to which the upload is attached as soon as it is ready.</summary>
    /// <value>The default is null: the upload is not attached.</value>
    public UploadAssociation? Association { get; init; }

    /// <summary>Gets the metadata of the upload.</summary>
    /// <value>The default is empty.</value>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Gets the variants that are added to a ready upload, in addition to those of the processors of the application.</summary>
    /// <value>The bytes of each variant by its name, such as <c>thumbnail.webp</c>. The default is empty.</value>
    public IDictionary<string, byte[]> Variants { get; } = new Dictionary<string, byte[]>();

    /// <summary>Gets the properties that are added to a ready upload, in addition to those of the processors of the application.</summary>
    /// <value>The default is empty.</value>
    public IDictionary<string, string> Properties { get; } = new Dictionary<string, string>();

    /// <summary>Gets the status that the upload reaches.</summary>
    /// <value>
    /// <see cref="UploadStatus.Ready"/> (the default), <see cref="UploadStatus.Requested"/>, <see cref="UploadStatus.Uploaded"/> (which
    /// waits for <see cref="TestUploads.ProcessDueAsync"/>) or <see cref="UploadStatus.Rejected"/>.
    /// </value>
    public UploadStatus Status { get; init; } = UploadStatus.Ready;

    /// <summary>Gets why the upload was rejected, if <see cref="Status"/> is <see cref="UploadStatus.Rejected"/>.</summary>
    /// <value>The default is null: the file had another size than declared (<see cref="UploadErrorCodes.Mismatch"/>).</value>
    public UploadError? Rejection { get; init; }
}
