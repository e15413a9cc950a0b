using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Reads the options from the host's configuration, where it has one; once, however often AddDirectUploads is called.</summary>
internal sealed class DirectUploadConfiguration(IServiceProvider provider) : IConfigureOptions<DirectUploadOptions>
{
    private const string Section = "DirectUploads";

    public void Configure(DirectUploadOptions options) => provider.GetService<IConfiguration>()?.GetSection(Section).Bind(options);
}
