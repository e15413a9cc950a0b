using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Binds the options to the host's configuration, if there is one.</summary>
/// <remarks>Registered once, even if <c>AddDirectUploads</c> is called several times.</remarks>
internal sealed class DirectUploadConfiguration(IConfiguration? configuration = null)
    : IConfigureOptions<DirectUploadOptions>, IConfigureOptions<UploadWorkerOptions>
{
    public const string Section = "DirectUploads";
    public const string WorkerKey = "Worker";

    public void Configure(DirectUploadOptions options) => configuration?.GetSection(Section).Bind(options);

    public void Configure(UploadWorkerOptions options) => configuration?.GetSection($"{Section}:{WorkerKey}").Bind(options);
}
