using QuickStart;

namespace WorkerSample;

/// <summary>Grants uploads and lists their records; it needs neither the queue nor the processors.</summary>
public static class ApiHost
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        // Here a cookie identifies every client as a separate visitor. Your application has its own users.
        builder.Services.AddVisitorAuthentication();
        builder.Services
            .AddDirectUploads(o => o.AddProfile(PhotoProfile.Name, photo => PhotoProfile.SetApiRules(photo, builder.Configuration)))
            .UseDynamoDB();
        return builder;
    }

    public static WebApplication MapApi(this WebApplication api)
    {
        api.UseAuthentication();
        api.UseAuthorization();
        api.MapDirectUploads("/uploads").RequireAuthorization();
        api.MapUploadList("/records");
        return api;
    }
}
