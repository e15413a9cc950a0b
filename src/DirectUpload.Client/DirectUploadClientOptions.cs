namespace DirectUpload.Client;

/// <summary>How the client works; validated when it is first used.</summary>
public sealed class DirectUploadClientOptions
{
    internal const int MostPartsInFlight = 32;
    internal const int MostRetries = 100;

    /// <summary>Where the application has mapped its uploads, such as <c>https://app.example.com/uploads</c>: absolute, http or https. Required.</summary>
    public Uri? ServerAddress { get; set; }

    /// <summary>
    /// How many parts travel at once: 1 to 32. Default 4. From a file or another stream that can seek each takes a buffer of 256 KiB; from a stream that can't, the part's whole size.
    /// </summary>
    public int PartsInFlight { get; set; } = 4;

    /// <summary>How often each request is tried again, after the first time, when that can help: 0 to 100. Default 8, which with the delays takes about two minutes.</summary>
    public int MaxRetries { get; set; } = 8;

    /// <summary>The pause before the first retry: 1 millisecond to 1 minute. The next are twice as long each, with jitter; an answer's Retry-After, up to two minutes, has precedence. Default 500 milliseconds.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause before a retry: from <see cref="RetryDelay"/> to 10 minutes. Default 30 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection to storage may take no byte and give no answer before it is cut and tried again: 1 second to 10 minutes. Default 30 seconds. A slow one is never cut.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the application may take for one answer: 1 second to 1 hour. Default 100 seconds. Confirming a large file takes it longest.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Up to how many bytes a file is read once beforehand, for a SHA-256 that is promised in the request, so that storage itself refuses other bytes: 0 to 5 GiB. Default 64 MiB. The SHA-256 of larger ones
    /// is computed while they are sent.
    /// </summary>
    public long ChecksumFirstUpTo { get; set; } = 64L * 1024 * 1024;
}
