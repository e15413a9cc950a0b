using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.Presigning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Serves content.</summary>
internal static class Content
{
    public static void Stream(WebApplication app)
    {
        app.MapDirectUploads("/uploads", o => o.ContentDelivery = ContentDelivery.Stream).RequireAuthorization();
    }

    public static void ByCdn(WebApplicationBuilder builder, IConfiguration configuration)
    {
        builder.Services.AddDirectUploads(o =>
        {
            o.AddProfile("film", film => film.ContentBaseUrl = new Uri("https://d111111abcdef8.cloudfront.net"));     // signed for minutes
            o.AddProfile("avatar", avatar => (avatar.ContentBaseUrl, avatar.IsPublic) = (new Uri("https://cdn.example.com"), true));
        }).UseCloudFront("K2JCJMDEHXQW5F", configuration["CloudFrontPrivateKey"]!);
    }

    public static async Task<(UploadResult<PresignedUrl>, UploadResult<UploadContent>)> ReadAsync(
        IDirectUploadService uploads, UploadId id, string userId)
    {
        var url = await uploads.CreateDownloadUrlAsync(id, UploadAccess.Owner(userId));

        var content = await uploads.OpenReadAsync(id, UploadAccess.Application, variant: "thumbnail.webp");

        return (url, content);
    }

    public static async Task ShareAsync(IDirectUploadService uploads, UploadId id)
    {
        var link = await uploads.RotateReadTokenAsync(id, lifetime: TimeSpan.FromDays(7));   // the previous token no longer works
        await uploads.RevokeReadTokenAsync(id);

        _ = link;
    }

    public static async Task DeleteAsync(IDirectUploadService uploads, UploadId id)
    {
        await uploads.DeleteAsync(id, UploadAccess.Application);
    }
}
