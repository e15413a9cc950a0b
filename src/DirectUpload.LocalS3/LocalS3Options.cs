using DirectUpload.LocalS3.Cors;

namespace DirectUpload.LocalS3;

/// <summary>Configures a <see cref="LocalS3Server"/>: its address, its data folder and its credentials.</summary>
/// <remarks>
/// A host binds these from its configuration section <c>DirectUploads:LocalS3</c>; what is set in code wins. Lists in configuration replace
/// the default list, they do not add to it.
/// </remarks>
public sealed class LocalS3Options
{
    /// <summary>Gets or sets the address to listen on.</summary>
    /// <value>
    /// An absolute <c>http</c> URL whose host is an IP address or <c>localhost</c>, without a path; port 0 selects a free port (see
    /// <see cref="LocalS3Server.Endpoint"/>). The default is <c>http://127.0.0.1:5081</c>, which only this machine can reach.
    /// </value>
    public string Url { get; set; } = "http://127.0.0.1:5081";

    /// <summary>
    /// Gets or sets the folder of the buckets and objects; a missing folder is created, and one server uses it at a time.
    /// </summary>
    /// <value>
    /// The default is <c>DirectUpload.LocalS3</c> in the user's local application data (on Linux <c>~/.local/share</c>), or in the
    /// temporary folder for a user without one.
    /// </value>
    public string DataDirectory { get; set; } = Path.Combine(GetUserDataDirectory(), "DirectUpload.LocalS3");

    /// <summary>Gets or sets the only valid access key id.</summary>
    /// <value>From 1 to 128 characters without white space and without <c>/</c>. The default is <c>LOCALS3ACCESSKEY</c>.</value>
    public string AccessKey { get; set; } = "LOCALS3ACCESSKEY";

    /// <summary>Gets or sets the secret of <see cref="AccessKey"/>; the default is public and protects nothing.</summary>
    /// <value>At least one character. The default is <c>locals3-secret-key-for-development</c>.</value>
    public string SecretKey { get; set; } = "locals3-secret-key-for-development";

    /// <summary>Gets or sets the region that signatures must name.</summary>
    /// <value>The default is <c>us-east-1</c>.</value>
    public string Region { get; set; } = "us-east-1";

    /// <summary>
    /// Gets or sets the host names under which a bucket has the address <c>BUCKET.SUFFIX</c> (virtual-host style), besides the path style
    /// of <see cref="LocalS3Server.Endpoint"/>.
    /// </summary>
    /// <remarks>
    /// Chromium and Firefox resolve names under <c>localhost</c> to this machine (RFC 6761, 6.3). Other programs may need the name in their
    /// hosts file, or connect to 127.0.0.1 and send the name as the Host header. The server refuses a request whose Host is neither an IP
    /// address, nor a name under <c>localhost</c>, nor one of these names, because a foreign page may have pointed its name at this
    /// machine. Add each name by which programs call the server, such as <c>host.docker.internal</c>.
    /// </remarks>
    /// <value>
    /// Host names without a port; the longest match applies. The default is <c>s3.localhost</c> and <c>localhost</c>. An empty list allows
    /// the path style only.
    /// </value>
    public IReadOnlyList<string> VirtualHostSuffixes { get; set; } = ["s3.localhost", "localhost"];

    /// <summary>
    /// Gets or sets the buckets that the server creates at its start; existing buckets in <see cref="DataDirectory"/> stay unchanged.
    /// </summary>
    /// <value>Names that S3 allows: 3 to 63 lower-case letters, digits, dots and hyphens. The default is <c>uploads</c>.</value>
    public IReadOnlyList<string> Buckets { get; set; } = ["uploads"];

    /// <summary>
    /// Gets or sets the origins that the CORS configuration of a new start-up bucket allows, for GET, PUT, POST, DELETE and HEAD with any
    /// header, exposing <c>ETag</c>.
    /// </summary>
    /// <remarks>
    /// An existing bucket keeps its configuration; change it with PutBucketCors. The server refuses requests of pages whose origin the
    /// bucket's configuration does not allow, unless the page is on this machine, because any page can sign with a public key; <c>*</c>
    /// allows every page.
    /// </remarks>
    /// <value>
    /// Origins such as <c>https://app.test</c>, each with at most one <c>*</c>. The default is every page on this machine:
    /// <c>localhost</c>, <c>127.0.0.1</c> and <c>[::1]</c> by http and https on any port. An empty list creates the bucket without a CORS
    /// configuration, as S3 does.
    /// </value>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = LoopbackOrigins.All;

    /// <summary>
    /// Gets or sets the URL that receives the events of all notification configurations, whatever topic or queue they name.
    /// </summary>
    /// <remarks>
    /// The server POSTs each event in the background, as the JSON of an SQS message's body (or of SNS with raw delivery). The user
    /// information of the URL, as in <c>http://events:secret@127.0.0.1:5080/storage-events</c>, is sent as Basic authentication.
    /// </remarks>
    /// <value>
    /// An absolute <c>http</c> or <c>https</c> URL that responds with a 2xx status within five seconds; other responses are retried three
    /// times. The default is null: notification configurations are refused.
    /// </value>
    public string? EventEndpoint { get; set; }

    /// <summary>Gets or sets whether the server may start in a host whose environment is Production.</summary>
    /// <value>The default is false: the start fails, because the server is not made for production files.</value>
    public bool AllowInProduction { get; set; }

    /// <summary>Gets or sets deviations from Amazon S3, to test against the behavior of other servers.</summary>
    /// <value><see cref="LocalS3Quirks.None"/> by default.</value>
    public LocalS3Quirks Quirks { get; set; }

    internal LocalS3Options Copy() => (LocalS3Options)MemberwiseClone();

    private static string GetUserDataDirectory() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder ? folder : Path.GetTempPath();
}
