using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers webhooks that notify the application of status changes.</summary>
public static class WebhookDirectUploadBuilderExtensions
{
    /// <summary>Adds a webhook that posts each status change of every upload to a URL.</summary>
    /// <remarks>
    /// <para>
    /// Messages are signed as Standard Webhooks specifies (HMAC-SHA256 over id, time and body); the receiver verifies them with a
    /// <see cref="WebhookVerifier"/>.
    /// </para>
    /// <para>
    /// The worker delivers each message at least once. It repeats a message that is not answered with 2xx for three days, with growing
    /// delays. Call this method in every host that requests, confirms or processes uploads.
    /// </para>
    /// </remarks>
    /// <param name="builder">The builder that <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">
    /// Sets <see cref="WebhookOptions.Url"/> and <see cref="WebhookOptions.Secrets"/>, where the section
    /// <c>DirectUploads:Webhooks:webhook</c> does not.
    /// </param>
    /// <returns>The builder.</returns>
    public static DirectUploadBuilder AddWebhook(this DirectUploadBuilder builder, Action<WebhookOptions> configure) =>
        builder.AddWebhook("webhook", configure);

    /// <summary>Adds a webhook with a name, for applications that have several webhooks.</summary>
    /// <param name="builder">The builder that <c>AddDirectUploads()</c> returned.</param>
    /// <param name="name">
    /// The name of the webhook, 1 to 200 characters. Records store it with the webhook's progress. Options come from the section
    /// <c>DirectUploads:Webhooks:NAME</c>.
    /// </param>
    /// <param name="configure">Sets options in code, which override configuration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">
    /// The name is empty or has more than 200 characters, or another event handler has it.
    /// </exception>
    public static DirectUploadBuilder AddWebhook(this DirectUploadBuilder builder, string name, Action<WebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        builder.AddEventHandler(name, provider => CreateHandler(provider, name));
        services.AddOptionsWithValidateOnStart<WebhookOptions>(name)
            .Configure<IServiceProvider>((options, provider) =>
                provider.GetService<IConfiguration>()?.GetSection($"{WebhookOptionsValidator.Section}:{name}").Bind(options))
            .Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.AddHttpClient(WebhookEventHandler.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers(); // they would log the URL, which may be a secret
        return builder;
    }

    private static WebhookEventHandler CreateHandler(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<WebhookOptions>>().Get(name);
        byte[][] keys = [.. options.Secrets.Select(secret => WebhookSecret.TryDecode(secret, out var key) ? key : [])];
        return new WebhookEventHandler(
            name, options, keys, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>());
    }
}
