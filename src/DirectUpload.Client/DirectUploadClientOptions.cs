using DirectUpload.Primitives;

namespace DirectUpload.Client;

/// <summary>Represents the options of <see cref="DirectUploadClient"/>.</summary>
/// <remarks>
/// Set them in the section <c>DirectUploads:Client</c> or in <c>AddDirectUploadClient(o => …)</c>; values set in code override the
/// configuration.
/// </remarks>
public sealed class DirectUploadClientOptions
{
    /// <summary>Gets or sets the URL at which the application maps its uploads, such as <c>https://app.example.com/uploads</c>.</summary>
    /// <value>An absolute http or https URL without query and fragment. Required.</value>
    public Uri? ServerAddress { get; set; }

    /// <summary>Gets or sets the maximum number of parts that are sent in parallel.</summary>
    /// <value>1 to 32 parts. The default is 4.</value>
    /// <remarks>
    /// Each part takes a buffer of 256 KiB if the source is a file or a seekable stream, otherwise a buffer of the part's size.
    /// </remarks>
    [OptionRange(1, 32)]
    public int PartsInFlight { get; set; } = 4;

    /// <summary>Gets or sets the maximum number of retries of a request.</summary>
    /// <value>0 to 100 retries. The default is 8, which takes about two minutes with the default delays.</value>
    [OptionRange(0, 100)]
    public int MaxRetries { get; set; } = 8;

    /// <summary>Gets or sets the delay before the first retry.</summary>
    /// <value>1 millisecond to 1 minute. The default is 500 milliseconds.</value>
    /// <remarks>
    /// The delay doubles with each retry and has jitter. A response's Retry-After header, up to two minutes, takes precedence.
    /// </remarks>
    [OptionRange("00:00:00.0010000", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the maximum delay before a retry.</summary>
    /// <value>1 millisecond to 10 minutes, and at least <see cref="RetryDelay"/>. The default is 30 seconds.</value>
    [OptionRange("00:00:00.0010000", "00:10:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long a request to storage may make no progress before it is canceled and retried.</summary>
    /// <value>1 second to 10 minutes. The default is 30 seconds.</value>
    /// <remarks>A request makes progress while storage accepts bytes, so a slow connection is never canceled.</remarks>
    [OptionRange("00:00:01", "00:10:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the timeout of a request to the application.</summary>
    /// <value>1 second to 1 hour. The default is 100 seconds.</value>
    /// <remarks>The confirmation of a large file takes longest.</remarks>
    [OptionRange("00:00:01", "01:00:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Gets or sets the maximum size, in bytes, of a file whose SHA-256 is computed before the upload is requested.</summary>
    /// <value>0 to 5 GiB. The default is 64 MiB.</value>
    /// <remarks>
    /// Such a file is read once more, and storage refuses bytes that do not match the SHA-256. The SHA-256 of a larger file is computed
    /// while it is sent.
    /// </remarks>
    [OptionRange(0, S3Limits.MaxSinglePutSize)]
    public long PrecomputeChecksumMaxSize { get; set; } = 64L * 1024 * 1024;
}
