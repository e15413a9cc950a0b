using DirectUpload.Primitives;

namespace DirectUpload.Imaging;

/// <summary>Represents the options of the separate processes that decode images.</summary>
/// <remarks>
/// Set them in the section <c>DirectUploads:Imaging</c> or in <c>AddImaging(o => …)</c>; values set in code override the configuration.
/// </remarks>
public sealed class ImagingOptions
{
    /// <summary>Gets or sets the maximum number of processes, each of which decodes one image at a time.</summary>
    /// <value>1 to 64 processes. The default is 2.</value>
    /// <remarks>Processes start when they are needed and end a minute after their last image.</remarks>
    [OptionRange(1, 64)]
    public int MaxProcesses { get; set; } = 2;

    /// <summary>Gets or sets the maximum memory of a process.</summary>
    /// <value>268,435,456 to 68,719,476,736 bytes (256 MiB to 64 GiB). The default is 1,073,741,824 (1 GiB).</value>
    [OptionRange(256L << 20, 64L << 30)]
    public long MemoryLimit { get; set; } = 1L << 30;

    /// <summary>Gets or sets the maximum time in which a process creates the variants of one image.</summary>
    /// <value>1 second to 10 minutes. The default is 30 seconds.</value>
    [OptionRange("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
