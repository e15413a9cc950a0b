using Amazon.Runtime;
using Amazon.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Snippets;

/// <summary>Registers DirectUpload in an application.</summary>
internal static class Registration
{
    public static void OnAmazonS3(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client());      // the AWS SDK finds region and credentials

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
            .UseInMemoryStore()                                              // for development: records are lost when the process ends
            .AddWorker();                                                    // expiration, retries, deletion of expired uploads

        var app = builder.Build();

        app.MapDirectUploads("/uploads").RequireAuthorization();
    }

    public static void LocalS3InDevelopmentOnly(WebApplicationBuilder builder)
    {
        var uploads = builder.Services.AddDirectUploads().UseEntityFrameworkCore(o => o.UseSqlite("Data Source=uploads.db")).AddWorker();
        if (builder.Environment.IsDevelopment())
            uploads.UseLocalS3();
        else
            builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client());
    }

    public static void FromConfiguration(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().UseInMemoryStore().AddWorker();   // bucket and profiles from the section DirectUploads

        var app = builder.Build();

        app.MapDirectUploads("/uploads").RequireAuthorization();
    }

    public static void ConfigurationAndCode(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads(o => o.ConfigureProfile("avatar", avatar => avatar.MaxSize = 10 * 1024 * 1024));
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

    public static void OnAnotherServer(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client(
            new BasicAWSCredentials("access key", "secret key"),
            new AmazonS3Config
            {
                ServiceURL = "http://127.0.0.1:9000",
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            }));
    }

    public static void Mappings(WebApplication app)
    {
        app.MapDirectUploads("/avatars", o => o.Profiles.Add("avatar")).RequireAuthorization();
        app.MapDirectUploads("/staff").RequireAuthorization("staff");
    }

    public static void Uppy(WebApplication app)
    {
        app.MapUppyUploads("/uppy", "film").RequireAuthorization();
    }
}
