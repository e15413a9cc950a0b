using DirectUpload;
using DirectUpload.Imaging;
using DirectUpload.Imaging.Processing;
using DirectUpload.Primitives;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that create variants of images.</summary>
public static class ImagingUploadProfileExtensions
{
    /// <summary>Checks the images of a profile and creates variants of them, in a separate process.</summary>
    /// <remarks>
    /// <para>
    /// JPEG, PNG, WebP, GIF and AVIF can be read. A damaged image, one in another format, and one beyond a limit is rejected with a code
    /// of <see cref="ImageErrorCodes"/>. Files whose media type is not <c>image/*</c> are accepted unchanged.
    /// </para>
    /// <para>
    /// The upload gets the properties <c>width</c> and <c>height</c> (upright), <c>frames</c> (of an animation), <c>thumbhash</c>, and for
    /// each variant <c>NAME.width</c> and <c>NAME.height</c>; clients read them, because they are added to
    /// <see cref="UploadProfile.ClientProperties"/>. Variants have the profile's <see cref="UploadProfile.ObjectSettings"/>.
    /// </para>
    /// <para>The upload itself is unchanged and keeps its metadata; serve a variant where the position must not become known.</para>
    /// </remarks>
    /// <param name="profile">The profile.</param>
    /// <param name="configure">Adds the variants and sets the limits. Further calls for the same profile add to the same settings.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="profile"/> or <paramref name="configure"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    /// <example>
    /// <code>
    /// profile.AddImageVariants(images => images
    ///     .Add("thumb", 320, 320, thumb => thumb.Fit = ImageFit.Cover)
    ///     .Add("large", 1600)
    ///     .AddOptimizedOriginal("optimized"));
    /// </code>
    /// </example>
    public static UploadProfile AddImageVariants(this UploadProfile profile, Action<ImageVariants> configure)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(configure);
        var isNew = ProfileImages.TryAdd(profile, out var images);
        configure(images);
        if (OptionBounds.FindErrors(images).FirstOrDefault() is { } error)
            throw new ArgumentOutOfRangeException(nameof(configure), error);
        ShowSizes(profile, images);
        return isNew ? profile.AddProcessor<ImageProcessor>(ImageProcessor.Name) : profile;
    }

    // A page needs the sizes for srcset, and the ThumbHash until the image is loaded.
    private static void ShowSizes(UploadProfile profile, ImageVariants images)
    {
        IEnumerable<string> names =
        [
            "width", "height", "frames", "thumbhash",
            .. images.Variants.SelectMany(variant => new[] { $"{variant.Name}.width", $"{variant.Name}.height" }),
        ];
        foreach (var name in names.Except(profile.ClientProperties, StringComparer.Ordinal).ToList())
            profile.ClientProperties.Add(name);
    }
}
