using DirectUpload.Imaging.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Imaging.Processing;

/// <summary>The pool of applications that do not call <c>AddImaging()</c>: its options are the defaults.</summary>
internal static class SharedPool
{
    private static readonly Lazy<ImageProcessPool> Pool = new(
        () => new ImageProcessPool(new ImagingOptions(), TimeProvider.System, NullLogger.Instance));

    public static ImageProcessPool Instance => Pool.Value;
}
