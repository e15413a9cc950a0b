using DirectUpload.AspNetCore.Webhooks;
using DirectUpload.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tells the application by webhook.</summary>
public static class DirectUploadWebhookBuilderExtensions
{
    /// <summary>
    /// POSTs each step of every upload to a URL of the application's own, signed as Standard Webhooks has it (HMAC-SHA256 over id, time and body); whoever receives it asks a <see cref="WebhookVerifier"/>.
    /// What is not answered with 2xx is sent again, with growing pauses, for three days; each at least once. Call it in every host that requests, confirms or processes uploads; the worker sends.
    /// </summary>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">Sets <see cref="WebhookOptions.Url"/> and <see cref="WebhookOptions.Secrets"/>.</param>
    /// <exception cref="ArgumentException">Something is not set as it must be; the message says what to do.</exception>
    public static DirectUploadBuilder AddWebhook(this DirectUploadBuilder builder, Action<WebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new WebhookOptions();
        configure(options);
        if (options.FindFault() is { } fault)
            throw new ArgumentException(fault, nameof(configure));
        byte[][] keys = [.. options.Secrets.Select(secret => WebhookSecret.TryRead(secret, out var key) ? key : [])];
        builder.Services.AddHttpClient(WebhookObserver.Client)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers(); // it would write the URL, which is nobody's business
        return builder.AddObserver(
            options.Name,
            services => new WebhookObserver(options, keys, services.GetRequiredService<IHttpClientFactory>(), services.GetRequiredService<TimeProvider>()));
    }
}
