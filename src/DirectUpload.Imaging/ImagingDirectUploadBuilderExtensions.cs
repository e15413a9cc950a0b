using DirectUpload;
using DirectUpload.Imaging;
using DirectUpload.Imaging.Processes;
using DirectUpload.Imaging.Processing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that configure how images are decoded.</summary>
public static class ImagingDirectUploadBuilderExtensions
{
    /// <summary>Configures the separate processes that decode images for <c>AddImageVariants</c>.</summary>
    /// <remarks>Without this call, the processes have the defaults of <see cref="ImagingOptions"/>.</remarks>
    /// <param name="builder">The builder that <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">Sets options in code, after they were bound to the configuration; null for none.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static DirectUploadBuilder AddImaging(this DirectUploadBuilder builder, Action<ImagingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptionsWithValidateOnStart<ImagingOptions>().Configure<IServiceProvider>(
            static (options, provider) => provider.GetService<IConfiguration>()?.GetSection(ImagingOptionsValidator.Section).Bind(options));
        if (configure is not null)
            options.Configure(configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImagingOptions>, ImagingOptionsValidator>());
        // A process computes in real time, whatever clock an application or its tests have.
        builder.Services.TryAddSingleton(static provider => new ImageProcessPool(
            provider.GetRequiredService<IOptions<ImagingOptions>>().Value,
            TimeProvider.System,
            provider.GetService<ILogger<ImageProcessPool>>() ?? NullLogger<ImageProcessPool>.Instance));
        return builder;
    }
}
