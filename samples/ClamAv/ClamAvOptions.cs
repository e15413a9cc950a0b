namespace VirusScan;

/// <summary>Represents the address of clamd (<c>TCPAddr</c> and <c>TCPSocket</c> in clamd.conf) and the timeout.</summary>
public sealed class ClamAvOptions
{
    /// <summary>Gets or sets the host name or IP address of clamd.</summary>
    /// <value>The default is 127.0.0.1.</value>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Gets or sets the port of clamd.</summary>
    /// <value>The default is 3310.</value>
    public int Port { get; set; } = 3310;

    /// <summary>Gets or sets how long clamd may take to accept a chunk, and to respond after the last chunk.</summary>
    /// <value>The default is 2 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}
