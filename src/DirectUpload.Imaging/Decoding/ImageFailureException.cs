using DirectUpload.Imaging.Protocol;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Ends the work on an image that gets no variants.</summary>
internal sealed class ImageFailureException(ImageFailure failure, string message) : Exception(message)
{
    private const int MaxMessageLength = 500;

    public ImageFailure Failure => failure;

    /// <summary>Classifies an exception of libvips or of memory.</summary>
    public static ImageFailureException From(Exception exception, ImageFailure other)
    {
        var message = exception.Message;
        var failure = exception is OutOfMemoryException || Contains("out of memory") || Contains("memory allocation error")
                || Contains("insufficient memory")
            ? ImageFailure.OutOfMemory
            // libheif decodes HEVC with a plugin, which NetVips.Native does not have.
            : Contains("unsupported") || Contains("plugin") ? ImageFailure.Unsupported : other;
        // The last message of libvips is the reason; those before it are what it tried.
        return new(failure, message.Length <= MaxMessageLength ? message : message[^MaxMessageLength..]);

        bool Contains(string text) => message.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
