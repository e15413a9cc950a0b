using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Snippets;

/// <summary>Runs storage inside the host, in development only.</summary>
internal static class DevelopmentStorage
{
    public static void Add(WebApplicationBuilder builder)
    {
        var uploads = builder.Services.AddDirectUploads(o => o.AddProfile("avatar", p => p.ContentTypes.Add("image/*")))
            .UseInMemoryStore();
        if (builder.Environment.IsDevelopment())
            uploads.UseLocalS3();
    }
}
