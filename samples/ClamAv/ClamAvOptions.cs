namespace VirusScan;

/// <summary>Where clamd listens (<c>TCPSocket</c> and <c>TCPAddr</c> in clamd.conf).</summary>
public sealed class ClamAvOptions
{
    public string Host { get; set; } = "127.0.0.1";

    public int Port { get; set; } = 3310;

    /// <summary>How long clamd may take to take a chunk, and to answer once it has all.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}
