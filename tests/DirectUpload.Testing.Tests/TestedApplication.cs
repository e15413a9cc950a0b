using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Testing.Tests;

/// <summary>The application as a developer tests it.</summary>
internal sealed class TestedApplication(
    Action<DirectUploadTestOptions>? configure = null, Action<IServiceCollection>? register = null, string environment = "Development",
    string? database = null) : WebApplicationFactory<Program>
{
    public TestUploads Uploads => Services.GetRequiredService<TestUploads>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        if (database is not null)
            builder.UseSetting("Database", database);
        builder.ConfigureTestServices(services =>
        {
            register?.Invoke(services);
            services.UseDirectUploadTesting(configure);
        });
    }
}
