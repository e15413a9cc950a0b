namespace DirectUpload.Imaging;

/// <summary>Contains the codes of <see cref="UploadError"/> with which images are rejected.</summary>
public static class ImageErrorCodes
{
    /// <summary>Indicates that the file is damaged or truncated.</summary>
    public const string Unreadable = "image-unreadable";

    /// <summary>Indicates that the file is in no image format that can be read, or is compressed in an unsupported way.</summary>
    public const string Unsupported = "image-unsupported";

    /// <summary>Indicates that the file or its number of pixels is larger than the profile allows.</summary>
    public const string TooLarge = "image-too-large";

    /// <summary>Indicates that the animation has more frames than the profile allows.</summary>
    public const string TooManyFrames = "image-too-many-frames";

    /// <summary>
    /// Indicates that the image could not be decoded within the limits of time and memory, or that the decoder crashed twice on it.
    /// </summary>
    public const string TooComplex = "image-too-complex";
}
