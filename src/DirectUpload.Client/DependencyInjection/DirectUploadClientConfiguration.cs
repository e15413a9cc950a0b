using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.Client.DependencyInjection;

/// <summary>Binds the client's options to the host's configuration, if there is one.</summary>
internal sealed class DirectUploadClientConfiguration(IConfiguration? configuration = null) : IConfigureOptions<DirectUploadClientOptions>
{
    public const string Section = "DirectUploads:Client";

    public void Configure(DirectUploadClientOptions options) => configuration?.GetSection(Section).Bind(options);
}
