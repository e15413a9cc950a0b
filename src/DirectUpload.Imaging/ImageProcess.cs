using DirectUpload.Imaging.Decoding;
using DirectUpload.Imaging.Protocol;

namespace DirectUpload.Imaging;

/// <summary>Lets an application that contains its own runtime serve as the separate process that decodes images.</summary>
/// <remarks>
/// An application that is published as a single file or self-contained has no <c>dotnet</c> that could start the process. The
/// application starts itself instead, and the first line of its code gives way to the decoder. Other applications need no call.
/// </remarks>
/// <example>
/// <code>
/// if (ImageProcess.TryRun())
///     return;
/// </code>
/// </example>
public static class ImageProcess
{
    private static volatile bool _isCalled;

    /// <summary>Gets a value that indicates whether the application gives way to the decoder when it is started as one.</summary>
    internal static bool IsCalled => _isCalled;

    /// <summary>Decodes images until the application that started this process ends, if this process was started for that.</summary>
    /// <returns>True after the last image: the process should end. False in a process that was started for anything else.</returns>
    public static bool TryRun()
    {
        _isCalled = true;
        if (!long.TryParse(Environment.GetEnvironmentVariable(DecoderEnvironment.MemoryLimit), out var memoryLimit)
            || !int.TryParse(Environment.GetEnvironmentVariable(DecoderEnvironment.Timeout), out var timeout))
        {
            return false;
        }

        DecoderLoop.Run(memoryLimit, TimeSpan.FromMilliseconds(timeout));
        return true;
    }
}
