using DirectUpload.Uploads;

namespace DirectUpload.Profiles;

/// <summary>The application's rules for one kind of upload. Set it up in code or in configuration; it is validated when the host starts.</summary>
public sealed class UploadProfile
{
    internal static readonly TimeSpan DefaultWriteTokenLifetime = TimeSpan.FromHours(1);

    private readonly List<ProcessorStep> _processors = [];

    /// <summary>The name that clients ask for: 1 to 64 of <c>a-z 0-9 - _</c>. Set from where the profile is registered.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>
    /// The media types taken: exact (<c>application/pdf</c>), a whole kind (<c>image/*</c>) or everything (<c>*/*</c>). At least one. The real
    /// type of the bytes is held to them as well.
    /// </summary>
    public IList<string> ContentTypes { get; init; } = [];

    /// <summary>The file extensions taken, with their dot (<c>.pdf</c>), in any case. Empty takes every extension.</summary>
    public IList<string> Extensions { get; init; } = [];

    /// <summary>The smallest size taken, in bytes. Default 1; 0 takes empty files.</summary>
    public long MinSize { get; set; } = 1;

    /// <summary>The largest size taken, in bytes: up to 48.8 TiB, or up to 5 GiB where nothing goes in parts. Default 10 MiB.</summary>
    public long MaxSize { get; set; } = 10 * 1024 * 1024;

    /// <summary>How the bytes travel. Default <see cref="UploadMethod.Put"/>, which every provider knows.</summary>
    public UploadMethod Method { get; set; }

    /// <summary>Files larger than this, in bytes, go in parts: 0 to 5 GiB; null for none, unless that is the method. Default 100 MiB.</summary>
    public long? MultipartAbove { get; set; } = 100 * 1024 * 1024;

    /// <summary>
    /// The size of a part, in bytes: 5 MiB to 5 GiB; null means 16 MiB. Where 10,000 of them don't suffice they are larger, by whole MiB. Default null.
    /// </summary>
    public long? PartSize { get; set; }

    /// <summary>How long a grant works: 1 second to 7 days. Default 15 minutes.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how long after its request an upload can be renewed, and more parts be signed.</summary>
    /// <value>From <see cref="Lifetime"/> (what is shorter counts as that) to 365 days. Default 7 days. No URL for the upload works for longer than this.</value>
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How the object that is served is named: <c>{profile}</c>, <c>{owner}</c>, <c>{yyyy}</c>, <c>{MM}</c>, <c>{dd}</c>, <c>{id}</c>, <c>{name}</c>,
    /// <c>{ext}</c>; it must hold <c>{id}</c>, which makes it unique. Owner, name and extension are made safe.
    /// Default <c>{profile}/{owner}/{yyyy}/{MM}/{id}{ext}</c>.
    /// </summary>
    public string KeyTemplate { get; set; } = "{profile}/{owner}/{yyyy}/{MM}/{id}{ext}";

    /// <summary>
    /// Whether an upload must be attached to something: by the request, or by an authorizer. Default false. An association in a request must be approved all the same; see <see cref="ClientsMayAssociate"/>.
    /// </summary>
    public bool RequireAssociation { get; set; }

    /// <summary>Gets or sets a value that indicates whether clients may attach uploads to anything they name.</summary>
    /// <value>
    /// Default false: a request with an association is refused (403) unless an authorizer approves it by <see cref="UploadAuthorization.WithAssociation"/>. Set it only where the application checks the association itself
    /// whenever it uses it.
    /// </value>
    public bool ClientsMayAssociate { get; set; }

    /// <summary>Whether a request must promise a SHA-256. Default false.</summary>
    public bool RequireChecksum { get; set; }

    /// <summary>
    /// Whether browsers may show the content in place. Default false: it is downloaded. Types that can carry script (HTML, SVG, XML, …) are
    /// downloaded whatever this says.
    /// </summary>
    public bool Inline { get; set; }

    /// <summary>
    /// Where a CDN serves this profile's bucket, such as <c>https://d111111abcdef8.cloudfront.net/</c>: content is had from there, at its key. Signed as CloudFront wants it (<c>UseCloudFront()</c>), unless the
    /// profile <see cref="IsPublic"/>. Null, the default, serves by presigned GET from storage.
    /// </summary>
    public Uri? ContentBaseUrl { get; set; }

    /// <summary>
    /// Whether everybody may read the content at <see cref="ContentBaseUrl"/>, whoever knows its address: then the status object names that address, and it is not signed. Default false.
    /// </summary>
    public bool IsPublic { get; set; }

    /// <summary>How long the read token of a new upload opens: 1 second to 3,650 days; null, the default, for as long as the upload is there.</summary>
    public TimeSpan? ReadTokenLifetime { get; set; }

    /// <summary>Gets or sets how long the write token opens an upload after that has reached a terminal status (ready, rejected, failed, aborted, expired, deleted).</summary>
    /// <value>1 second to 3,650 days. Default 1 hour. Afterwards the write token opens nothing, neither to write nor to read. A change also applies to uploads that were granted before.</value>
    public TimeSpan WriteTokenLifetime { get; set; } = DefaultWriteTokenLifetime;

    /// <summary>Gets or sets a value that indicates whether the write token deletes a finished upload.</summary>
    /// <value>Default true. If false, only the application deletes ready and failed uploads; clients still abort pending ones.</value>
    public bool ClientsMayDelete { get; set; } = true;

    /// <summary>
    /// Gets or sets a value that indicates whether only a worker (<c>AddWorker()</c>) finishes this profile's uploads, never a confirm. Set it in every host where the worker host has processors that other hosts don't know.
    /// </summary>
    /// <value>Default false: a confirm finishes small uploads that have no processors.</value>
    public bool ProcessInWorker { get; set; }

    /// <summary>
    /// Gets the names of processors that must run before an upload is ready, in addition to those added by <c>ProcessWith</c>. For a host that grants uploads without having the processors: only a host that has a processor
    /// of each name finishes them.
    /// </summary>
    public IList<string> RequiredProcessors { get; init; } = [];

    /// <summary>ACL, encryption, caching, metadata and tags of the finished object and its variants; staging objects carry some of them (see <see cref="Uploads.ObjectSettings"/>).</summary>
    public ObjectSettings ObjectSettings { get; init; } = new();

    /// <summary>How many uploads one owner may have pending under this profile, at least 1; null for no limit. Default 100.</summary>
    public int? MaxPendingUploads { get; set; } = 100;

    /// <summary>How many bytes one owner may have pending under this profile, at least 1; null for no limit. Default null.</summary>
    public long? MaxPendingBytes { get; set; }

    /// <summary>
    /// How many bytes one owner's uploads under this profile may take altogether, pending ones as claimed and ready ones as they are, at least 1; null for no limit. Default null. What is deleted no longer counts.
    /// </summary>
    public long? MaxTotalBytes { get; set; }

    /// <summary>The alias of the bucket, one of the options' <c>Buckets</c>; null takes the default bucket.</summary>
    public string? Bucket { get; set; }

    /// <summary>How a verified upload becomes the content that is served. Default <see cref="Finalisation.Promote"/>.</summary>
    public Finalisation Finalisation { get; set; }

    /// <summary>
    /// Whether an upload that arrived, but that nobody confirmed, is confirmed by the worker when its time is over; else it expires, and its object is deleted. Default true.
    /// </summary>
    public bool ConfirmArrivals { get; set; } = true;

    /// <summary>Where a CDN serves what is at a key; null where none does.</summary>
    internal Uri? ContentAddress(string key) =>
        ContentBaseUrl is { } cdn ? new Uri(cdn.AbsoluteUri.TrimEnd('/') + "/" + string.Join('/', key.Split('/').Select(Uri.EscapeDataString))) : null;

    /// <summary>A copy with limits that are no wider than these. Its types stay: those of the limits are asked as well.</summary>
    internal UploadProfile Within(UploadLimits limits)
    {
        var narrowed = (UploadProfile)MemberwiseClone();
        narrowed.MaxSize = UploadLimits.Narrower(MaxSize, limits.MaxSize) ?? MaxSize;
        narrowed.MinSize = Math.Min(MinSize, narrowed.MaxSize);
        narrowed.MaxPendingUploads = UploadLimits.Narrower(MaxPendingUploads, limits.MaxPendingUploads);
        narrowed.MaxPendingBytes = UploadLimits.Narrower(MaxPendingBytes, limits.MaxPendingBytes);
        narrowed.MaxTotalBytes = UploadLimits.Narrower(MaxTotalBytes, limits.MaxTotalBytes);
        return narrowed;
    }

    /// <summary>
    /// Returns the settings of an object that a client writes and that is not verified yet: those that a bucket policy may demand of each write. The headers that content is served with are left to the verified
    /// copy, and an ACL that lets others than the bucket's owner read to the accepted upload.
    /// </summary>
    internal ObjectSettings StagingSettings() => new()
    {
        Acl = ObjectSettings.OpensToOthers ? null : ObjectSettings.Acl,
        ServerSideEncryption = ObjectSettings.ServerSideEncryption,
        KmsKeyId = ObjectSettings.KmsKeyId,
        Tags = ObjectSettings.Tags,
    };

    internal void Add(ProcessorStep step) => _processors.Add(step);

    // Not a property: the configuration can't set it.
    internal IReadOnlyList<ProcessorStep> Processors() => _processors;

    /// <summary>The names that a new record carries: of the processors that this host has, and of those in <see cref="RequiredProcessors"/>.</summary>
    internal string[] RequiredNames() => [.. _processors.Select(step => step.Name).Concat(RequiredProcessors).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether uploads are left to a worker.</summary>
    internal bool IsForWorker() => ProcessInWorker || _processors.Count > 0 || RequiredProcessors.Count > 0;
}
