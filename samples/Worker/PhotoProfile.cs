using DirectUpload;
using DirectUpload.Imaging;
using VirusScan;

namespace WorkerSample;

/// <summary>Sets the rules of the profile "photo", the same in both hosts.</summary>
public static class PhotoProfile
{
    public const string Name = "photo";

    private const string VirusScanName = "virus-scan";
    private const string ImageVariantsName = "image-variants";

    /// <summary>Sets the rules for the API, which requires the processors and does not have them.</summary>
    public static void SetApiRules(UploadProfile photo, IConfiguration configuration)
    {
        SetRules(photo);
        if (ScansForViruses(configuration))
            photo.RequiredProcessors.Add(VirusScanName);
        photo.RequiredProcessors.Add(ImageVariantsName);
        // So that pages can offer the variants in srcset.
        photo.ClientProperties.Add("thumb.width");
        photo.ClientProperties.Add("large.width");
    }

    /// <summary>Sets the rules for the worker, which has the processors.</summary>
    public static void SetWorkerRules(UploadProfile photo, IConfiguration configuration)
    {
        SetRules(photo);
        if (ScansForViruses(configuration))
            photo.AddProcessor<VirusScanner>(VirusScanName);
        photo.AddImageVariants(images => images.Add("thumb", 320, 320, thumb => thumb.Fit = ImageFit.Cover).Add("large", 1600));
    }

    private static void SetRules(UploadProfile photo)
    {
        photo.ContentTypes.Add("image/*");
        photo.MaxSize = 20 * 1024 * 1024;
    }

    // Only the program on a developer's machine turns it off. While no clamd responds, uploads wait.
    private static bool ScansForViruses(IConfiguration configuration) => configuration.GetValue("VirusScan", true);
}
