using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace DirectUpload.Client;

/// <summary>
/// Turns automatic redirects off in the handler that a client ends up with, even one that the host configured: a handler that follows by itself sends the same headers, tokens included, to
/// wherever the answer leads.
/// </summary>
/// <param name="names">The names of the clients.</param>
internal sealed class NoAutomaticRedirects(IReadOnlyList<string> names) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    // After every Configure, so that it finds the handler that the host has chosen.
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (name is not null && names.Contains(name))
            options.HttpMessageHandlerBuilderActions.Add(builder => TurnOff(builder.PrimaryHandler));
    }

    private static void TurnOff(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;
        // Set only where it is on: a handler that has sent something can't be changed any more.
        if (handler is SocketsHttpHandler { AllowAutoRedirect: true } sockets)
            sockets.AllowAutoRedirect = false;
        else if (handler is HttpClientHandler { AllowAutoRedirect: true } platform)
            platform.AllowAutoRedirect = false;
    }
}
