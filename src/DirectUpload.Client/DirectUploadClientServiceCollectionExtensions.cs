using DirectUpload.Client;
using DirectUpload.Client.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides an extension method that registers <see cref="DirectUploadClient"/>.</summary>
public static class DirectUploadClientServiceCollectionExtensions
{
    private const string StorageClientName = "DirectUpload.Client.Storage";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Adds <see cref="DirectUploadClient"/> and returns the builder of the HTTP client that calls the application.</summary>
    /// <remarks>
    /// Add the handler that authorizes the calls to the returned builder. The requests to storage use a separate HTTP client without
    /// handlers (not even those of <c>ConfigureHttpClientDefaults</c>), cookies, default headers or logs of presigned URLs. Neither client
    /// follows a redirect to another origin, because the requests carry credentials; automatic redirects are disabled even in a primary
    /// handler that the host configures. A primary handler that is neither a <see cref="SocketsHttpHandler"/> nor an
    /// <see cref="HttpClientHandler"/> must not follow redirects itself.
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">
    /// Sets options in code. <see cref="DirectUploadClientOptions.ServerAddress"/> must be set here, in the configuration, or by
    /// <c>Configure</c>.
    /// </param>
    /// <returns>The builder of the HTTP client that calls the application.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// The application runs in a browser (WebAssembly); use the component <c>&lt;DirectUpload&gt;</c> of DirectUpload.Blazor there.
    /// </exception>
    public static IHttpClientBuilder AddDirectUploadClient(
        this IServiceCollection services, Action<DirectUploadClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        PlatformCheck.Check(OperatingSystem.IsBrowser());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IConfigureOptions<DirectUploadClientOptions>, DirectUploadClientConfiguration>());
        services.AddOptionsWithValidateOnStart<DirectUploadClientOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<DirectUploadClientOptions>, DirectUploadClientOptionsValidator>());
        AddStorageClient(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<HttpClientFactoryOptions>, PostConfigureHttpClientFactoryOptions>(
                static _ => new([nameof(DirectUploadClient), StorageClientName])));
        // The option RequestTimeout limits each call.
        return services.AddHttpClient(nameof(DirectUploadClient), http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(["Upload-Token", "Authorization"])
            .AddTypedClient<DirectUploadClient>(static (http, provider) => new DirectUploadClient(
                http,
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(StorageClientName),
                provider.GetRequiredService<IOptions<DirectUploadClientOptions>>().Value,
                provider.GetService<TimeProvider>()));
    }

    private static void AddStorageClient(IServiceCollection services) => services.AddHttpClient(StorageClientName)
        .ConfigureHttpClient(http =>
        {
            http.DefaultRequestHeaders.Clear();
            http.Timeout = Timeout.InfiniteTimeSpan;
        })
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.UseCookies = false;
            handler.AllowAutoRedirect = false;
            handler.Credentials = null;
            handler.ConnectTimeout = ConnectTimeout;
        })
        .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear())
        .RemoveAllLoggers();
}
