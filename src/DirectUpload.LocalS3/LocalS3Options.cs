using DirectUpload.LocalS3.Cors;

namespace DirectUpload.LocalS3;

/// <summary>Where a <see cref="LocalS3Server"/> listens, where it keeps its objects, and which key opens it.</summary>
/// <remarks>
/// A host binds these from its configuration section <c>LocalS3</c>; what is set in code wins. Lists in configuration replace
/// the default list, they do not add to it.
/// </remarks>
public sealed class LocalS3Options
{
    /// <summary>The address to listen on.</summary>
    /// <value>
    /// An absolute <c>http</c> URL whose host is an IP address or <c>localhost</c>, without a path; port 0 takes any free port
    /// (see <see cref="LocalS3Server.Endpoint"/>). The default is <c>http://127.0.0.1:5081</c>: this machine only.
    /// </value>
    public string Url { get; set; } = "http://127.0.0.1:5081";

    /// <summary>The folder that holds buckets and objects; it is created when missing and belongs to one server at a time.</summary>
    /// <value>
    /// The default is <c>DirectUpload.LocalS3</c> in the user's local application data (on Linux <c>~/.local/share</c>), or in the
    /// temporary folder for a user without one.
    /// </value>
    public string DataDirectory { get; set; } = Path.Combine(UserData(), "DirectUpload.LocalS3");

    /// <summary>The only access key id that is known.</summary>
    /// <value>1 to 128 characters without white space and without <c>/</c>. The default is <c>LOCALS3ACCESSKEY</c>.</value>
    public string AccessKey { get; set; } = "LOCALS3ACCESSKEY";

    /// <summary>The secret that belongs to <see cref="AccessKey"/>. Everybody can read the default: it guards nothing.</summary>
    /// <value>At least one character. The default is <c>locals3-secret-key-for-development</c>.</value>
    public string SecretKey { get; set; } = "locals3-secret-key-for-development";

    /// <summary>The region that signatures must name.</summary>
    /// <value>The default is <c>us-east-1</c>.</value>
    public string Region { get; set; } = "us-east-1";

    /// <summary>
    /// The host names under which a bucket may be addressed as <c>BUCKET.SUFFIX</c> (virtual-host style) besides the path style of
    /// <see cref="LocalS3Server.Endpoint"/>.
    /// </summary>
    /// <value>
    /// Host names without a port; where several fit, the longest counts. The default is <c>s3.localhost</c> and <c>localhost</c>, which
    /// Chromium and Firefox take to this machine by themselves (RFC 6761, 6.3); other programs may need the name in their hosts file,
    /// or to connect to 127.0.0.1 and send it as the Host. An empty list leaves only the path style. A request whose Host is neither an IP
    /// address, nor a name under <c>localhost</c>, nor one of these is refused: a foreign page may have pointed its name at this machine.
    /// Add such a name where programs call the server by it, such as <c>host.docker.internal</c>.
    /// </value>
    public IReadOnlyList<string> VirtualHostSuffixes { get; set; } = ["s3.localhost", "localhost"];

    /// <summary>Buckets that exist from the start; those that are already in <see cref="DataDirectory"/> are kept as they are.</summary>
    /// <value>Names as S3 allows them: 3 to 63 lower-case letters, digits, dots and hyphens. The default is <c>uploads</c>.</value>
    public IReadOnlyList<string> Buckets { get; set; } = ["uploads"];

    /// <summary>
    /// The origins that the CORS configuration of a freshly created start-up bucket allows, for GET, PUT, POST, DELETE and HEAD with
    /// any header, exposing <c>ETag</c>. An empty list creates the bucket without a CORS configuration, as S3 does.
    /// </summary>
    /// <value>
    /// Origins such as <c>https://app.test</c>, each with at most one <c>*</c>. The default is every page on this machine: <c>localhost</c>,
    /// <c>127.0.0.1</c> and <c>[::1]</c> by http and https on any port. A bucket that exists already keeps its configuration; change it with
    /// PutBucketCors. Requests by pages of an origin that the bucket's configuration does not allow are refused, unless the page is on this
    /// machine, for any page can sign with a key that everybody knows; <c>*</c> lets any page in.
    /// </value>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = LoopbackOrigins.All;

    /// <summary>
    /// Where the events go that a bucket's notification configuration asks for, whatever topic or queue it names: each is POSTed there
    /// as JSON, as SQS would hold it in a message's body (and SNS would, with raw delivery), in the background.
    /// </summary>
    /// <value>
    /// An absolute <c>http</c> or <c>https</c> URL that answers with a 2xx within five seconds; anything else is tried three times more. What stands before its host,
    /// as in <c>http://events:secret@127.0.0.1:5080/storage-events</c>, is sent as Basic authentication.
    /// The default is <see langword="null"/>: there is no destination, and configuring one is refused.
    /// </value>
    public string? EventEndpoint { get; set; }

    /// <summary>Whether the server may start in a host whose environment is Production.</summary>
    /// <value>The default is <see langword="false"/>: starting there fails, because this is no place for real files.</value>
    public bool AllowInProduction { get; set; }

    /// <summary>Gets or sets deviations from Amazon S3, to test against the behavior of other servers.</summary>
    /// <value>The default is <see cref="LocalS3Quirks.None"/>.</value>
    public LocalS3Quirks Quirks { get; set; }

    internal LocalS3Options Copy() => (LocalS3Options)MemberwiseClone();

    private static string UserData() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder ? folder : Path.GetTempPath();
}
