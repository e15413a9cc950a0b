using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Tests.Fixtures;

/// <summary>A container as a host builds it.</summary>
internal static class TestServiceProvider
{
    public static AmazonS3Client CreateClient(string accessKey = "AK", string region = "eu-west-1") =>
        new(new BasicAWSCredentials(accessKey, "SK"), new AmazonS3Config { RegionEndpoint = RegionEndpoint.GetBySystemName(region) });

    public static ServiceProvider Create(
        Action<DirectUploadOptions>? options = null, IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var all = new ServiceCollection();
        all.AddSingleton<IAmazonS3>(CreateClient());
        if (settings is not null)
            all.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        all.AddDirectUploads(options);
        services?.Invoke(all);
        return all.BuildServiceProvider();
    }

    public static DirectUploadOptions GetUploadOptions(this IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<DirectUploadOptions>>().Value;
}
