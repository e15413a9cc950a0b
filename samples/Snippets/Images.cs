using DirectUpload;
using DirectUpload.Imaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Creates variants of images.</summary>
internal static class Images
{
    public static void AddVariants(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads(o => o.AddProfile("photo", photo =>
        {
            photo.ContentTypes.Add("image/*");
            photo.AddImageVariants(images => images
                .Add("thumb", 320, 320, thumb => thumb.Fit = ImageFit.Cover)
                .Add("large", 1600)
                .AddOptimizedOriginal("optimized"));
        }));
    }

    public static void Configure(UploadProfile profile)
    {
        profile.AddImageVariants(images => images
            .Add("thumb", 320, 320, thumb => thumb.Fit = ImageFit.Cover)
            .Add("large", 1600)
            .AddOptimizedOriginal("optimized"));
    }

    public static void SetFormats(UploadProfile profile)
    {
        profile.AddImageVariants(images => images
            .Add("mail", 600, configure: mail => mail.Format = ImageFormat.Jpeg)
            .Add("card", 400, 300, card =>
            {
                card.Fit = ImageFit.Contain;
                card.Quality = 70;
                card.KeepAnimation = true;
            }));
    }

    public static void SetLimits(UploadProfile profile)
    {
        profile.AddImageVariants(images =>
        {
            images.MaxPixels = 50_000_000;
            images.MaxFrames = 200;
            images.MaxFileSize = 20 * 1024 * 1024;
            images.Add("thumb", 320);
        });
    }

    public static void ConfigureProcesses(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().AddImaging(o =>
        {
            o.MaxProcesses = 4;
            o.MemoryLimit = 512 * 1024 * 1024;
            o.Timeout = TimeSpan.FromSeconds(10);
        });
    }

    public static void RunAsDecoder()
    {
        if (ImageProcess.TryRun())
            return;
    }
}
