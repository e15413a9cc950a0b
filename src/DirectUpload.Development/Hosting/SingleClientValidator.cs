using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Development.Hosting;

/// <summary>Counts the <see cref="IAmazonS3"/> clients in the services of the application.</summary>
internal sealed class LocalS3ClientMarker(IServiceCollection services)
{
    public int ClientCount => services.Count(service => service.ServiceType == typeof(IAmazonS3) && !service.IsKeyedService);
}

/// <summary>Refuses a second client besides that of LocalS3, because the order of registrations would select one of them.</summary>
internal sealed class SingleClientValidator(LocalS3ClientMarker clients) : IValidateOptions<DirectUploadOptions>
{
    public ValidateOptionsResult Validate(string? name, DirectUploadOptions options) => clients.ClientCount <= 1
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("UseLocalS3() registers an IAmazonS3, and the application registers another. " +
            "Keep one: call UseLocalS3() in development only, and register the application's client otherwise.");
}
