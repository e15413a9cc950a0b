using DirectUpload.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client.</summary>
public static class DirectUploadClientServiceCollectionExtensions
{
    private const string Storage = "DirectUpload.Client.Storage";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Adds <see cref="DirectUploadClient"/>. What is returned configures the calls to the application: add the handler that authorises there. The requests to storage go through another client, which
    /// carries nothing of it: no handlers (not even those of <c>ConfigureHttpClientDefaults</c>), no cookies, no default headers, no logs of signed URLs.
    /// </summary>
    /// <remarks>
    /// Neither client follows a redirect to another origin, since requests carry credentials; the handler's automatic redirects are turned off even where the host configures a primary handler of its own. A
    /// primary handler that is neither a <see cref="SocketsHttpHandler"/> nor an <see cref="HttpClientHandler"/> must not follow redirects itself.
    /// </remarks>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Sets the options; <see cref="DirectUploadClientOptions.ServerAddress"/> must be set here or by <c>Configure</c>.</param>
    public static IHttpClientBuilder AddDirectUploadClient(this IServiceCollection services, Action<DirectUploadClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<DirectUploadClientOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DirectUploadClientOptions>, DirectUploadClientOptionsValidator>());
        AddStorage(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpClientFactoryOptions>, NoAutomaticRedirects>(static _ => new([nameof(DirectUploadClient), Storage])));
        // Its calls have a time limit each, the option RequestTimeout.
        return services.AddHttpClient(nameof(DirectUploadClient), http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(["Upload-Token", "Authorization"])
            .AddTypedClient<DirectUploadClient>(static (http, provider) => new DirectUploadClient(
                http,
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(Storage),
                provider.GetRequiredService<IOptions<DirectUploadClientOptions>>().Value,
                provider.GetService<TimeProvider>()));
    }

    private static void AddStorage(IServiceCollection services) => services.AddHttpClient(Storage)
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
