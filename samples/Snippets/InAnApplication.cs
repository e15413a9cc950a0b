using Amazon.S3;
using DirectUpload.AspNetCore.Forms;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Snippets;

/// <summary>How an application starts.</summary>
internal static class InAnApplication
{
    public static void Build(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client());      // region and credentials as the AWS SDK finds them

        builder.Services
            .AddDirectUploads(o =>
            {
                o.Bucket = "my-bucket";
                o.AddProfile("avatar", avatar =>
                {
                    avatar.ContentTypes.Add("image/*");
                    avatar.MaxSize = 5 * 1024 * 1024;
                    avatar.Inline = true;
                });
            })
            .UseInMemoryStore()                                              // first steps; records die with the process
            .AddWorker();                                                    // expiry, interrupted work, clean-up

        var app = builder.Build();

        app.MapDirectUploads("/uploads").RequireAuthorization();
    }

    public static void FromConfiguration(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().UseInMemoryStore().AddWorker();   // bucket and profiles from the section DirectUploads

        var app = builder.Build();
        app.MapDirectUploads("/uploads").RequireAuthorization();
    }

    public static void OnLocalS3(WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
            builder.Services.AddLocalS3();
    }

    public static void InAnyHost(IServiceCollection services) =>
        services.AddDirectUploads(o =>
        {
            o.Bucket = "my-bucket";
            o.AddProfile("invoice", invoice =>
            {
                invoice.ContentTypes.Add("application/pdf");
                invoice.RequireAssociation = true;
            });
        }).UseInMemoryStore().AddWorker();

    public static async Task<UploadForm?> WithoutScriptAsync(HttpContext context)
    {
        var form = await context.RequestUploadFormAsync(new UploadRequest { Profile = "invoice", FileName = "invoice.pdf", ContentType = "application/pdf", Size = null }, returnTo: "/invoices");
        return form.Value;
    }
}
