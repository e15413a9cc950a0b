using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DirectUpload.Testing;

/// <summary>Runs the library for a test without a web application: in-memory records, LocalS3 and a clock that the test advances.</summary>
/// <example>
/// <code>
/// await using var uploads = await DirectUploadTestHost.StartAsync(options =&gt; options.AddProfile("avatar", avatar =&gt;
///     avatar.ContentTypes.Add("image/*")));
///
/// var upload = await uploads.CreateReadyUploadAsync("avatar", "me.png", png, owner: "ada");
/// </code>
/// </example>
public sealed class DirectUploadTestHost : TestUploads, IAsyncDisposable
{
    private readonly IHost _host;

    private DirectUploadTestHost(IHost host)
        : base(host.Services) => _host = host;

    /// <summary>Starts a host.</summary>
    /// <param name="configure">Adds the profiles and sets other options.</param>
    /// <param name="build">
    /// Adds processors, authorizers, event handlers and, by <see cref="DirectUploadBuilder.Services"/>, further services; null for none. A
    /// <see cref="TimeProvider"/> that it registers is used as the clock.
    /// </param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running host, which the test disposes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is invalid.</exception>
    public static async Task<DirectUploadTestHost> StartAsync(
        Action<DirectUploadOptions> configure, Action<DirectUploadBuilder>? build = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Testing" });
        var uploads = builder.Services.AddDirectUploads(configure);
        build?.Invoke(uploads);
        builder.Services.UseDirectUploadTesting();
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            return new DirectUploadTestHost(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Stops the host and deletes all objects.</summary>
    /// <returns>A task that completes when the host has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
        Http.Dispose();
    }
}
