using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace DirectUpload.Client.DependencyInjection;

/// <summary>Disables automatic redirects in the handler that a client uses, including one that the host configured.</summary>
/// <remarks>A handler that follows redirects itself sends the same headers, tokens included, to the redirect's target.</remarks>
/// <param name="names">The names of the HTTP clients.</param>
internal sealed class PostConfigureHttpClientFactoryOptions(IReadOnlyList<string> names) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    // Runs after every Configure call, so that it finds the handler that the host has chosen.
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (name is not null && names.Contains(name))
            options.HttpMessageHandlerBuilderActions.Add(builder => DisableRedirects(builder.PrimaryHandler));
    }

    private static void DisableRedirects(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;
        // The property is set only if it is true: a handler that has sent a request can't be changed.
        if (handler is SocketsHttpHandler { AllowAutoRedirect: true } sockets)
            sockets.AllowAutoRedirect = false;
        else if (handler is HttpClientHandler { AllowAutoRedirect: true } platform)
            platform.AllowAutoRedirect = false;
    }
}
