namespace DirectUpload.Imaging;

/// <summary>Specifies how an image fits into the width and height of a variant.</summary>
/// <remarks>An image is never enlarged.</remarks>
public enum ImageFit
{
    /// <summary>The whole image, as large as the box allows; the variant is smaller than the box in one direction.</summary>
    Inside,

    /// <summary>The middle of the image, cropped so that it fills the box.</summary>
    Cover,

    /// <summary>The whole image in a variant of exactly the box's size; the rest is transparent, or white in JPEG.</summary>
    Contain,
}
