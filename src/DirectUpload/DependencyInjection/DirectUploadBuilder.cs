using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.DependencyInjection;

/// <summary>What <c>AddDirectUploads()</c> returns: packages hang their <c>Use…</c> and <c>Add…</c> calls on it.</summary>
public sealed class DirectUploadBuilder
{
    internal DirectUploadBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services being registered.</summary>
    public IServiceCollection Services { get; }
}
