using DirectUpload.Primitives;
using DirectUpload.Profiles;

namespace DirectUpload;

/// <summary>Configures the rules for one kind of upload, such as avatars or invoices.</summary>
/// <remarks>
/// Add profiles in code (<see cref="DirectUploadOptions.AddProfile"/>) or in the configuration section <c>DirectUploads:Profiles</c>. They
/// are validated when the host starts.
/// </remarks>
/// <example>
/// <code>
/// options.AddProfile("invoice", invoice =&gt;
/// {
///     invoice.ContentTypes.Add("application/pdf");
///     invoice.Extensions.Add(".pdf");
///     invoice.MaxSize = 20 * 1024 * 1024;
///     invoice.AddProcessor&lt;PageCount&gt;("page-count");
/// });
/// </code>
/// </example>
public sealed partial class UploadProfile
{
    internal static readonly TimeSpan DefaultWriteTokenLifetime = TimeSpan.FromHours(1);

    /// <summary>Gets the name of the profile, which requests refer to.</summary>
    /// <value>1 to 64 characters of <c>a-z 0-9 - _</c>: the key in <see cref="DirectUploadOptions.Profiles"/>.</value>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>Gets the allowed media types.</summary>
    /// <value>
    /// At least one: an exact type (<c>application/pdf</c>), a top-level type (<c>image/*</c>) or all types (<c>*/*</c>). The media type
    /// that is detected in the content must be allowed as well. The default is empty.
    /// </value>
    public IList<string> ContentTypes { get; init; } = [];

    /// <summary>Gets or sets a value that indicates whether password-protected Office documents are accepted.</summary>
    /// <value>
    /// True to accept them as the Office document that they are declared as; false to reject them. The default is null: they are rejected,
    /// unless <see cref="ContentTypes"/> lists both the current and the legacy type of the same program by name, such as
    /// <c>application/vnd.ms-excel</c> besides the type of .xlsx workbooks.
    /// </value>
    /// <remarks>
    /// Without the password, the library can check neither the type nor the macros of such a document. It is an OLE file that
    /// contains the encrypted document.
    /// </remarks>
    public bool? AllowEncryptedDocuments { get; set; }

    /// <summary>Gets the allowed file extensions.</summary>
    /// <value>Extensions with a dot (<c>.pdf</c>), in any case. The default is empty: all extensions are allowed.</value>
    public IList<string> Extensions { get; init; } = [];

    /// <summary>Gets or sets the minimum size of a file, in bytes.</summary>
    /// <value>0 to 53,687,091,200,000 (50,000 GiB). The default is 1; 0 allows empty files.</value>
    [OptionRange(0, S3Limits.MaxObjectSize)]
    public long MinSize { get; set; } = 1;

    /// <summary>Gets or sets the maximum size of a file, in bytes.</summary>
    /// <value>1 to 53,687,091,200,000 (50,000 GiB); up to 5 GiB if files are never sent in parts. The default is 10 MiB.</value>
    [OptionRange(1, S3Limits.MaxObjectSize)]
    public long MaxSize { get; set; } = 10 * 1024 * 1024;

    /// <summary>Gets or sets the method by which clients send files.</summary>
    /// <value>The default is <see cref="UploadMethod.Put"/>, which every S3 provider supports.</value>
    public UploadMethod UploadMethod { get; set; }

    /// <summary>Gets or sets the size, in bytes, above which a file is sent in parts.</summary>
    /// <value>
    /// 0 to 5 GiB; null to send files in parts only if <see cref="UploadMethod"/> requires it. The default is 100 MiB.
    /// </value>
    [OptionRange(0, S3Limits.MaxSinglePutSize)]
    public long? MultipartThreshold { get; set; } = 100 * 1024 * 1024;

    /// <summary>Gets or sets the size of a part, in bytes.</summary>
    /// <value>
    /// 5 MiB to 5 GiB. The default is null: 16 MiB. If a file needs more than 10,000 parts, the parts are larger, by whole MiB.
    /// </value>
    [OptionRange(PartLayout.MinPartSize, PartLayout.MaxPartSize)]
    public long? PartSize { get; set; }

    /// <summary>Gets or sets the lifetime of the signed instructions for an upload.</summary>
    /// <value>1 second to 7 days. The default is 15 minutes.</value>
    [OptionRange("00:00:01", "7.00:00:00")]
    public TimeSpan UploadUrlLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how long after its request an upload can be renewed and its parts can be signed.</summary>
    /// <value>
    /// 1 second to 365 days. The default is 7 days. A value below <see cref="UploadUrlLifetime"/> counts as that lifetime. No signed URL of
    /// the upload is valid after this time.
    /// </value>
    [OptionRange("00:00:01", "365.00:00:00")]
    public TimeSpan MaxUploadDuration { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Gets or sets the template of the final key, from which content is served.</summary>
    /// <value>
    /// A template with the placeholders <c>{profile}</c>, <c>{owner}</c>, <c>{yyyy}</c>, <c>{MM}</c>, <c>{dd}</c>, <c>{id}</c>,
    /// <c>{name}</c> and <c>{ext}</c>. It must contain <c>{id}</c>, which makes the key unique. Unsafe characters in owner, name and
    /// extension are replaced. The default is <c>{profile}/{owner}/{yyyy}/{MM}/{id}{ext}</c>.
    /// </value>
    public string KeyTemplate { get; set; } = "{profile}/{owner}/{yyyy}/{MM}/{id}{ext}";

    /// <summary>Gets or sets a value that indicates whether every upload must have an association.</summary>
    /// <value>
    /// The default is false. The association comes from the request or from an authorizer. One in a request must also be approved; see
    /// <see cref="ClientsMayAssociate"/>.
    /// </value>
    public bool RequireAssociation { get; set; }

    /// <summary>Gets or sets a value that indicates whether clients may choose the association of an upload without approval.</summary>
    /// <value>
    /// The default is false: a request with an association is refused (403) unless an authorizer approves it. Set it to true only if the
    /// application verifies the association each time it uses it.
    /// </value>
    /// <remarks>
    /// An authorizer approves with <see cref="UploadAuthorization.Association"/>, the code of the application with
    /// <see cref="UploadCaller.MayAssociate"/>.
    /// </remarks>
    public bool ClientsMayAssociate { get; set; }

    /// <summary>Gets or sets a value that indicates whether the application must attach every upload to one of its entities.</summary>
    /// <value>
    /// The default is false. If true, an upload that is ready and not attached within <see cref="UnattachedRetention"/> is deleted.
    /// </value>
    public bool RequireAttachment { get; set; }

    /// <summary>
    /// Gets or sets how long a ready upload without an association is kept, before the worker deletes it with its objects.
    /// </summary>
    /// <value>
    /// 1 second to 3,650 days. The default is null: 24 hours if <see cref="RequireAttachment"/> is true, otherwise as long as the upload
    /// exists. The time starts when the upload becomes ready or is detached; a change applies to uploads that become ready later.
    /// </value>
    [OptionRange("00:00:01", "3650.00:00:00")]
    public TimeSpan? UnattachedRetention { get; set; }

    /// <summary>Gets or sets a value that indicates whether an upload can be attached while it is processed.</summary>
    /// <value>
    /// The default is false: only ready uploads can be attached. If true, an upload can be attached as soon as its object has arrived; it
    /// may then still be rejected, of which event handlers are notified.
    /// </value>
    public bool AttachBeforeReady { get; set; }

    /// <summary>Gets or sets a value that indicates whether a request must declare the SHA-256 of the file.</summary>
    /// <value>The default is false.</value>
    public bool RequireChecksum { get; set; }

    /// <summary>Gets or sets how the library verifies that storage has exactly the bytes that the client read from its file.</summary>
    /// <value>
    /// With <see cref="IntegrityRequirement.None"/>, the default, a checksum is compared if the client states one. With the other values,
    /// the client must state the CRC-64/NVME when it confirms the upload, or a checksum in its request; an upload without it expires.
    /// </value>
    public IntegrityRequirement RequireIntegrity { get; set; }

    /// <summary>Gets or sets a value that indicates whether browsers may display the content instead of downloading it.</summary>
    /// <value>
    /// The default is false: browsers download the content. They always download media types that can contain scripts (HTML, SVG, XML, …).
    /// </value>
    public bool Inline { get; set; }

    /// <summary>Gets or sets the base URL at which a CDN serves the bucket of this profile.</summary>
    /// <value>
    /// A URL such as <c>https://d111111abcdef8.cloudfront.net/</c>, to which the key is appended. Download URLs are signed for CloudFront
    /// (<c>UseCloudFront()</c>), unless <see cref="IsPublic"/> is true. The default is null: storage serves content by presigned GET URLs.
    /// </value>
    public Uri? ContentBaseUrl { get; set; }

    /// <summary>Gets or sets a value that indicates whether the content is public at its CDN URL.</summary>
    /// <value>
    /// The default is false. If true, anyone who knows the URL below <see cref="ContentBaseUrl"/> can read the content. The URL is not
    /// signed, and the status of the upload contains it.
    /// </value>
    public bool IsPublic { get; set; }

    /// <summary>Gets or sets the lifetime of the read token of a new upload.</summary>
    /// <value>1 second to 3,650 days. The default is null: as long as the upload exists.</value>
    [OptionRange("00:00:01", "3650.00:00:00")]
    public TimeSpan? ReadTokenLifetime { get; set; }

    /// <summary>Gets or sets how long the write token remains valid after the upload has reached a terminal status.</summary>
    /// <value>
    /// 1 second to 3,650 days. The default is 1 hour. After this time, the token authorizes neither writing nor reading. A change also
    /// applies to existing uploads.
    /// </value>
    [OptionRange("00:00:01", "3650.00:00:00")]
    public TimeSpan WriteTokenLifetime { get; set; } = DefaultWriteTokenLifetime;

    /// <summary>Gets or sets a value that indicates whether clients may delete finished uploads with the write token.</summary>
    /// <value>
    /// The default is true. If false, only the application can delete ready and failed uploads; clients can still abort pending ones.
    /// </value>
    public bool ClientsMayDelete { get; set; } = true;

    /// <summary>Gets or sets a value that indicates whether only a worker (<c>AddWorker()</c>) finishes uploads of this profile.</summary>
    /// <value>
    /// The default is false: a confirm finishes small uploads that have no processors. Set it to true in every host if the host with the
    /// worker has processors that the other hosts do not have.
    /// </value>
    public bool ProcessInWorker { get; set; }

    /// <summary>Gets or sets a value that indicates whether an upload is accepted if no decision comes by its deadline.</summary>
    /// <value>
    /// The default is false: the upload is rejected with the code <c>decision-missing</c>. See
    /// <see cref="Processing.ProcessingResult.Pending"/>.
    /// </value>
    public bool AcceptWithoutDecision { get; set; }

    /// <summary>Gets the names of processors that must run before an upload is ready, in addition to those of this host.</summary>
    /// <value>
    /// Names of processors, for a host that grants uploads but does not have the processors. Only a host with a processor of each name
    /// finishes the uploads. The default is empty.
    /// </value>
    public IList<string> RequiredProcessors { get; init; } = [];

    /// <summary>Gets the names of the properties of processors that clients read in the status of a ready upload.</summary>
    /// <value>
    /// Names of <see cref="Upload.Properties"/>, such as <c>width</c>. The default is empty: only the application reads properties.
    /// <c>AddImageVariants</c> of DirectUpload.Imaging adds the sizes of the images.
    /// </value>
    public IList<string> ClientProperties { get; init; } = [];

    /// <summary>Gets the ACL, encryption, response headers, metadata and tags of the final object and its variants.</summary>
    /// <value>
    /// The default sends none of these settings. Staging objects have some of them; see <see cref="DirectUpload.ObjectSettings"/>.
    /// </value>
    public ObjectSettings ObjectSettings { get; init; } = new();

    /// <summary>Gets or sets the maximum number of pending uploads of one owner under this profile.</summary>
    /// <value>1 to 2,147,483,647; null for no limit. The default is 100.</value>
    [OptionRange(1, int.MaxValue)]
    public int? MaxPendingUploadsPerOwner { get; set; } = 100;

    /// <summary>Gets or sets the maximum total size, in bytes, of the pending uploads of one owner under this profile.</summary>
    /// <value>1 to 9,223,372,036,854,775,807; null for no limit. The default is null.</value>
    [OptionRange(1, long.MaxValue)]
    public long? MaxPendingBytesPerOwner { get; set; }

    /// <summary>Gets or sets the maximum total size, in bytes, of the stored uploads of one owner under this profile.</summary>
    /// <value>
    /// 1 to 9,223,372,036,854,775,807; null for no limit. The default is null. Pending uploads count with their declared size, ready
    /// uploads with their actual size. Deleted uploads do not count.
    /// </value>
    [OptionRange(1, long.MaxValue)]
    public long? MaxStoredBytesPerOwner { get; set; }

    /// <summary>Gets or sets the alias of the bucket.</summary>
    /// <value>An alias in <see cref="DirectUploadOptions.Buckets"/>. The default is null: the default bucket.</value>
    public string? Bucket { get; set; }

    /// <summary>Gets or sets a value that indicates whether the uploaded object itself is served, without a copy.</summary>
    /// <value>
    /// The default is false: clients write a staging key, storage copies the verified bytes to a final key that was never presigned, and
    /// only the copy is inspected and served. A client that reuses its URL later changes nothing. This costs one copy request and works
    /// with every server.
    /// </value>
    /// <remarks>
    /// <para>If true, the PUT is signed with <c>If-None-Match: *</c>, so it succeeds once. ETag and version are stored.</para>
    /// <para>Restrictions:</para>
    /// <list type="bullet">
    /// <item><description>The server must support conditional writes; Backblaze B2 does not.</description></item>
    /// <item><description>
    /// A client whose connection breaks after its bytes have arrived gets 412 when it tries again.
    /// </description></item>
    /// <item><description>
    /// <see cref="DirectUpload.UploadMethod.Post"/> is not possible, because forms have no such condition.
    /// </description></item>
    /// </list>
    /// </remarks>
    public bool FinalizeInPlace { get; set; }

    /// <summary>Gets or sets a value that indicates whether the worker confirms uploads that no client confirmed in time.</summary>
    /// <value>
    /// The default is true: after the grant has expired, the worker confirms the upload if its object has arrived. If false, the upload
    /// expires and its object is deleted.
    /// </value>
    public bool AutoConfirmOnExpiry { get; set; } = true;
}
