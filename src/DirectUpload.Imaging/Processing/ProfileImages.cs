using System.Runtime.CompilerServices;

namespace DirectUpload.Imaging.Processing;

/// <summary>Keeps the settings of each profile that has image variants.</summary>
internal static class ProfileImages
{
    private static readonly ConditionalWeakTable<UploadProfile, ImageVariants> Settings = [];

    /// <summary>Gets the settings of a profile that has them.</summary>
    public static ImageVariants Get(UploadProfile profile) => Settings.TryGetValue(profile, out var images)
        ? images
        : throw new InvalidOperationException($"The profile \"{profile.Name}\" has no image variants; call AddImageVariants.");

    /// <summary>Gets the settings of a profile, or adds them.</summary>
    /// <returns>True if the settings are new.</returns>
    public static bool TryAdd(UploadProfile profile, out ImageVariants images)
    {
        var created = new ImageVariants();
        images = Settings.GetValue(profile, _ => created);
        return ReferenceEquals(images, created);
    }
}
