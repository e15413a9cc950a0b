using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>What a test's host does otherwise than the plainest one, which maps /uploads for everybody.</summary>
public sealed record TestHostOptions
{
    public Action<DirectUploadOptions> Uploads { get; init; } = _ => { };
    public Action<IServiceCollection> Services { get; init; } = _ => { };
    public Action<KestrelServerOptions> Kestrel { get; init; } = _ => { };

    /// <summary>The middleware before the endpoints.</summary>
    public Action<WebApplication> Pipeline { get; init; } = _ => { };

    public Action<WebApplication> Map { get; init; } = app => app.MapDirectUploads("/uploads").AllowAnonymous();
}
